import { revalidateTag } from "next/cache";
import { Webhook, WebhookVerificationError } from "standardwebhooks";

type Notification = { type: "content.published"; data: { revision: string; tags: string[] } };

/** Receive the notification of `counterpoint seed`, and expire all pages that the publication changes. */
export async function POST(request: Request): Promise<Response> {
  const secret = process.env.COUNTERPOINT_NOTIFY_SECRET;
  if (!secret) return new Response("COUNTERPOINT_NOTIFY_SECRET is not set", { status: 500 });
  try {
    const headers = Object.fromEntries(request.headers);
    const { data } = new Webhook(secret).verify(await request.text(), headers) as Notification;
    for (const tag of data.tags) revalidateTag(tag, { expire: 0 }); // the next visitor waits for the new page
    return new Response(null, { status: 204 });
  } catch (error) {
    if (!(error instanceof WebhookVerificationError)) throw error;
    return new Response(error.message, { status: 401 });
  }
}
