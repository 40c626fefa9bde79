import { notFound } from "next/navigation";
import type { TypedDocumentString } from "./gql/graphql.ts";
import { SERVICE } from "./service.ts";

type Body<Data> = { data?: Data; errors?: { message: string; extensions: { code: string } }[] };

/** The time after which a page is correct again, even if a notification was lost. */
const MAX_AGE_SECONDS = 300;

/** Return the data of a query. Next.js stores the response until a notification names one of its tags. */
export async function query<Data, Variables>(
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
  tags: string[],
): Promise<Data> {
  const url = new URL("/graphql", SERVICE);
  url.searchParams.set("query", document.toString());
  url.searchParams.set("variables", JSON.stringify(variables));
  const response = await fetch(url, {
    headers: { accept: "application/graphql-response+json" },
    next: { tags, revalidate: MAX_AGE_SECONDS },
  });
  const { data, errors } = (await response.json()) as Body<Data>;
  if (errors?.[0]?.extensions.code === "INVALID_CURSOR") notFound(); // because cursors come from the address of a page
  if (!data) throw new Error(`The service rejected a query: ${JSON.stringify(errors)}`);
  checkTags(response, tags);
  return data;
}

/** Fail if the response depends on content that no tag names, because the page would miss its changes. */
function checkTags(response: Response, tags: string[]): void {
  const required = response.headers.get("cache-tag")?.split(",") ?? [];
  const missing = required.filter((tag) => !tags.includes(tag) && !tags.includes(tag.replace(/:.*/, "")));
  if (missing.length > 0) throw new Error(`The tags ${tags} of a query leave out ${missing}`);
}
