import { createHash } from "node:crypto";

type TypeName = "Article" | "Party" | "Government" | "PolicyArea" | "Group";

/** Return the tag that the service gives to all responses about one object. */
export function cacheTag(type: TypeName, slug: string): string {
  const key = encodeURIComponent(slug).toLowerCase();
  const digest = () => createHash("sha256").update(slug).digest("hex");
  return `${type.toLowerCase()}:${key.length <= 100 ? key : digest()}`;
}
