// The options of urql's normalized cache: cacheExchange(cacheOptions).

import { relayPagination } from "@urql/exchange-graphcache/extras";
import { connections, typesWithoutId } from "./rules.js";
import { schema } from "./urql-schema.js";

const keys = Object.fromEntries(typesWithoutId.map((type) => [type, () => null]));
const resolvers = Object.fromEntries(
  Object.entries(connections).map(([type, fields]) => [
    type,
    Object.fromEntries(Object.keys(fields).map((field) => [field, resolvePages])),
  ]),
);

export const cacheOptions = { schema, keys, resolvers };

const joinPages = relayPagination();

/**
 * Join the pages of a connection that the cache holds.
 *
 * relayPagination invents an empty list or a default for what no query has selected. Remove it, so that urql sends the
 * query instead.
 */
function resolvePages(parent, args, cache, info) {
  const pages = joinPages(parent, args, cache, info);
  const page = cache.resolve(info.parentKey, info.fieldName, args);
  if (!pages || typeof page !== "string") return pages;
  const pageInfo = cache.resolve(page, "pageInfo");
  const known = withoutMissing(pages, cache, page);
  return typeof pageInfo === "string" ? { ...known, pageInfo: withoutMissing(pages.pageInfo, cache, pageInfo) } : known;
}

function withoutMissing(object, cache, key) {
  return Object.fromEntries(Object.entries(object).filter(([name]) => cache.resolve(key, name) !== undefined));
}
