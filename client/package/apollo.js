// The options of Apollo Client's InMemoryCache: new InMemoryCache(cacheOptions).

import { connections, fieldsWithoutId, listsWithoutId, possibleTypes } from "./rules.js";

const typePolicies = {};
addFieldPolicies(fieldsWithoutId, () => ({ merge: true }));
addFieldPolicies(listsWithoutId, () => ({ merge: mergeItems }));
addFieldPolicies(connections, (keyArgs) => ({ keyArgs, merge: mergePage, read: readPages }));

export const cacheOptions = { possibleTypes, typePolicies };

function addFieldPolicies(fieldsByType, buildPolicy) {
  for (const [type, fields] of Object.entries(fieldsByType)) {
    const policies = ((typePolicies[type] ??= {}).fields ??= {});
    for (const [field, keyArgs] of Object.entries(fields)) policies[field] = buildPolicy(keyArgs);
  }
}

/** Merge a list of objects without id with the fields that another query has selected of them. */
function mergeItems(existing, incoming, { mergeObjects }) {
  const isSameList = existing?.length === incoming.length;
  return isSameList ? incoming.map((item, index) => mergeObjects(existing[index], item)) : incoming;
}

/**
 * Add a page to the known pages of a connection.
 *
 * The cache holds edges only, also for queries that select `nodes`. A page replaces all others if its query has no
 * cursor, because the list may have changed. If the page follows or precedes an unknown object, an edge that is marked
 * with `isUnknown` stands for this object. Other than relayStylePagination of Apollo Client, these functions keep `nodes`,
 * and invent neither an empty list nor a `pageInfo` for a query that has not selected them.
 */
function mergePage(existing, incoming, { args, mergeObjects }) {
  const { edges, nodes, pageInfo, ...fields } = incoming;
  if (!edges && !nodes) return { ...existing, ...fields };
  const known = existing?.edges ?? [];
  const page = buildPage(edges, nodes, pageInfo, mergeObjects);
  const head = edgesUpTo(known, args?.after);
  const tail = edgesFrom(known, args?.before);
  const ends = findEnds(page.length, pageInfo, args ?? {});
  if (head.length) ends.hasPreviousPage = head[0].isUnknown ? undefined : existing?.pageInfo?.hasPreviousPage;
  if (tail.length) ends.hasNextPage = tail.at(-1).isUnknown ? undefined : existing?.pageInfo?.hasNextPage;
  const added = withKnownFields(page, known);
  return { ...existing, ...fields, edges: [...head, ...added, ...tail], pageInfo: ends };
}

/** Return edges from what a query has selected: edges, nodes or both. The page info holds cursors of its ends. */
function buildPage(edges, nodes, pageInfo, mergeObjects) {
  const page = (edges ?? nodes).map((_, index) => ({ ...edges?.[index] }));
  nodes?.forEach((node, index) => {
    page[index].node = page[index].node ? mergeObjects(page[index].node, node) : node;
  });
  if (page.length && pageInfo?.startCursor) page[0].cursor = pageInfo.startCursor;
  if (page.length && pageInfo?.endCursor) page.at(-1).cursor = pageInfo.endCursor;
  return page;
}

/** Return edges with the fields that other queries have selected of the same edges. */
function withKnownFields(page, known) {
  const edgesByKey = new Map();
  for (const edge of known) for (const key of keysOf(edge)) edgesByKey.set(key, edge);
  return page.map((edge) => {
    const { isUnknown, ...fields } = keysOf(edge).map((key) => edgesByKey.get(key)).find(Boolean) ?? {};
    return { ...fields, ...edge };
  });
}

function keysOf(edge) {
  return [edge.cursor, edge.node?.__ref].filter(Boolean);
}

function edgesUpTo(known, cursor) {
  if (cursor == null) return [];
  const index = known.findIndex((edge) => edge.cursor === cursor);
  return index < 0 ? [{ cursor, isUnknown: true }] : known.slice(0, index + 1);
}

function edgesFrom(known, cursor) {
  if (cursor == null) return [];
  const index = known.findIndex((edge) => edge.cursor === cursor);
  return index < 0 ? [{ cursor, isUnknown: true }] : known.slice(index);
}

/** Return whether objects precede or follow a page, as far as the response or the length of the page shows it. */
function findEnds(length, pageInfo, args) {
  const { first, last, before } = args;
  let { hasPreviousPage, hasNextPage } = pageInfo ?? {};
  if (isBackward(args)) {
    if (last != null && length < last) hasPreviousPage ??= false;
    if (before == null) hasNextPage ??= false;
  } else {
    if (first != null && length < first) hasNextPage ??= false;
    hasPreviousPage ??= false;
  }
  return { hasPreviousPage, hasNextPage };
}

function isBackward({ first, last, after, before }) {
  return last != null || (before != null && first == null && after == null);
}

/**
 * Return the page after or before the cursor of a query, or all known pages if it has no cursor.
 *
 * Leave out the list if the cache does not hold as many objects as the query requests: Apollo Client then sends it.
 */
function readPages(existing, { args, canRead }) {
  if (!existing?.edges) return existing;
  const { edges: known, pageInfo, ...fields } = existing;
  const range = findRange(known, pageInfo, args ?? {});
  if (!range) return fields;
  const [start, end] = range;
  const edges = known.slice(start, end).filter((edge) => !edge.isUnknown && (!edge.node || canRead(edge.node)));
  const nodes = edges.map((edge) => edge.node);
  return {
    ...fields,
    edges,
    ...(nodes.every(Boolean) && { nodes }),
    pageInfo: withoutUndefined({
      __typename: "PageInfo",
      hasPreviousPage: start > 0 || pageInfo.hasPreviousPage,
      hasNextPage: end < known.length || pageInfo.hasNextPage,
      startCursor: edges.length ? edges[0].cursor : null,
      endCursor: edges.length ? edges.at(-1).cursor : null,
    }),
  };
}

function findRange(known, { hasPreviousPage, hasNextPage }, args) {
  const { first, last, after, before } = args;
  const start = after == null ? 0 : known.findIndex((edge) => edge.cursor === after) + 1;
  const end = before == null ? known.length : known.findIndex((edge) => edge.cursor === before);
  if ((after != null && start === 0) || end < 0) return undefined;
  const isStartKnown = after != null || hasPreviousPage === false;
  const isEndKnown = before != null || hasNextPage === false;
  const size = isBackward(args) ? last : first;
  const [isOriginKnown, isRestKnown] = isBackward(args) ? [isEndKnown, isStartKnown] : [isStartKnown, isEndKnown];
  const isShort = end - start < (size ?? 1);
  if (!isOriginKnown || (isShort && !isRestKnown)) return undefined;
  const hasCursor = after != null || before != null;
  if (!hasCursor || size == null || isShort) return [start, end];
  return isBackward(args) ? [end - size, end] : [start, start + size];
}

function withoutUndefined(object) {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}
