// Apollo Client with the cache options of the package, against a real server.

import assert from "node:assert/strict";
import test from "node:test";
import { ApolloClient, HttpLink, InMemoryCache, gql } from "@apollo/client";
import { cacheOptions } from "counterpoint-client/apollo";
import { filter, firstValueFrom } from "rxjs";
import { countRequests, url } from "./support.js";

const NODES = gql`
  query Nodes($first: Int, $after: String, $last: Int, $before: String, $where: ArticleFilter) {
    articles(first: $first, after: $after, last: $last, before: $before, where: $where, orderBy: TITLE_ASC) {
      nodes { id title }
      pageInfo { hasPreviousPage hasNextPage startCursor endCursor }
    }
  }
`;
const EDGES = gql`
  query Edges($first: Int, $after: String) {
    articles(first: $first, after: $after, orderBy: TITLE_ASC) {
      edges { cursor node { id title } }
      pageInfo { hasNextPage endCursor }
    }
  }
`;
const ONLY_NODES = gql`query Titles($first: Int) { articles(first: $first, orderBy: TITLE_ASC) { nodes { id title } } }`;
const TOTAL = gql`query Total { articles(orderBy: TITLE_ASC) { totalCount } }`;

const connect = () =>
  new ApolloClient({ cache: new InMemoryCache(cacheOptions), link: new HttpLink({ uri: url, useGETForQueries: true }) });

const titles = ({ nodes, edges }) => (nodes ?? edges.map(({ node }) => node)).map(({ title }) => title);

async function query(client, document, variables) {
  const [{ data }, requests] = await countRequests(() => client.query({ query: document, variables }));
  return [data.articles, requests];
}

for (const [name, document] of [["nodes", NODES], ["edges", EDGES]]) {
  test(`fetchMore appends pages of ${name}`, async () => {
    const client = connect();
    const list = client.watchQuery({ query: document, variables: { first: 2 } });
    const isComplete = ({ dataState }) => dataState === "complete";
    let { data } = await firstValueFrom(list.pipe(filter(isComplete)));
    while (data.articles.pageInfo.hasNextPage)
      ({ data } = await list.fetchMore({ variables: { after: data.articles.pageInfo.endCursor } }));
    const isWhole = ({ data }) => !data.articles.pageInfo.hasNextPage;
    const whole = await firstValueFrom(list.pipe(filter(isComplete), filter(isWhole)));
    assert.deepEqual(titles(whole.data.articles), ["A", "B", "C", "D", "E"]);
  });
}

test("pages that were fetched as nodes are read as edges once their cursors are known", async () => {
  const client = connect();
  await query(client, NODES, { first: 3 });
  const [edges, requests] = await query(client, EDGES, { first: 3 });
  assert.deepEqual([titles(edges), requests], [["A", "B", "C"], 1]);
  const [nodes, more] = await query(client, ONLY_NODES, { first: 3 });
  assert.deepEqual([titles(nodes), more], [["A", "B", "C"], 0]);
});

test("a query with a cursor gets its page, and the second time from the cache", async () => {
  const client = connect();
  const [first] = await query(client, NODES, { first: 2 });
  const variables = { first: 2, after: first.pageInfo.endCursor };
  for (const expected of [1, 0]) {
    const [page, requests] = await query(client, NODES, variables);
    assert.deepEqual([titles(page), requests], [["C", "D"], expected]);
    assert.equal(page.pageInfo.hasPreviousPage, true);
    assert.equal(page.pageInfo.hasNextPage, true);
  }
  const [last] = await query(client, NODES, { first: 2, after: (await query(client, NODES, variables))[0].pageInfo.endCursor });
  assert.deepEqual([titles(last), last.pageInfo.hasNextPage], [["E"], false]);
});

test("a page in the middle is not taken for the start of the list", async () => {
  const [{ pageInfo }] = await query(connect(), NODES, { first: 2 });
  const client = connect();
  const [middle] = await query(client, NODES, { first: 2, after: pageInfo.endCursor });
  assert.deepEqual([titles(middle), middle.pageInfo.hasPreviousPage], [["C", "D"], true]);
  const [start, requests] = await query(client, NODES, { first: 2 });
  assert.deepEqual([titles(start), requests], [["A", "B"], 1]);
});

test("a list is read from its end, and backwards", async () => {
  const client = connect();
  const [end] = await query(client, NODES, { last: 2 });
  assert.deepEqual([titles(end), end.pageInfo.hasNextPage], [["D", "E"], false]);
  const [before] = await query(client, NODES, { last: 2, before: end.pageInfo.startCursor });
  assert.deepEqual([titles(before), before.pageInfo.hasPreviousPage], [["B", "C"], true]);
  const [again, requests] = await query(client, NODES, { last: 2, before: end.pageInfo.startCursor });
  assert.deepEqual([titles(again), requests], [["B", "C"], 0]);
  const [start, more] = await query(client, NODES, { first: 1 });
  assert.deepEqual([titles(start), more], [["A"], 1]);
});

test("a query for more objects than are cached is sent", async () => {
  const client = connect();
  await query(client, NODES, { first: 2 });
  const [four, requests] = await query(client, NODES, { first: 4 });
  assert.deepEqual([titles(four), requests], [["A", "B", "C", "D"], 1]);
  const [nine] = await query(client, ONLY_NODES, { first: 9 });
  assert.deepEqual(titles(nine), ["A", "B", "C", "D", "E"]);
  const [again, more] = await query(client, ONLY_NODES, { first: 9 });
  assert.deepEqual([titles(again), more], [["A", "B", "C", "D", "E"], 0]);
});

test("a count of a list is not taken for an empty list", async () => {
  const client = connect();
  assert.equal((await query(client, TOTAL))[0].totalCount, 5);
  assert.deepEqual(titles((await query(client, EDGES, { first: 1 }))[0]), ["A"]);
  const [{ totalCount }, requests] = await query(client, TOTAL);
  assert.deepEqual([totalCount, requests], [5, 0]);
});

test("lists with other filters are other lists", async () => {
  const client = connect();
  await query(client, NODES, { first: 5 });
  const [filtered] = await query(client, NODES, { first: 5, where: { slug: ["b"] } });
  assert.deepEqual(titles(filtered), ["B"]);
  assert.deepEqual(titles((await query(client, NODES, { first: 5 }))[0]), ["A", "B", "C", "D", "E"]);
});

test("an empty list is complete", async () => {
  const client = connect();
  for (const expected of [1, 0]) {
    const [page, requests] = await query(client, NODES, { first: 2, where: { slug: ["none"] } });
    assert.deepEqual([titles(page), page.pageInfo.endCursor, requests], [[], null, expected]);
  }
});

test("queries that select different fields of a block, its source and its images keep each other's fields", async () => {
  const client = connect();
  const select = (fields, facet) => gql`query Blocks {
    article(slug: "a") { id sections { id blocks { ... on Node { id } ... on Paragraph { ${fields} } } } }
    articles(orderBy: TITLE_ASC) { counts(by: YEAR) { ${facet} } }
  }`;
  const queries = [select("text source { line } images { src }", "key"), select("html source { path } images { alt }", "total")];
  for (const document of queries) await client.query({ query: document });
  for (const document of queries) {
    const [{ data }, requests] = await countRequests(() => client.query({ query: document }));
    assert.equal(requests, 0);
    assert.equal(data.article.sections[0].blocks[0].images.length, 2);
  }
});

test("queries that select different fields of search hits keep each other's fields", async () => {
  const client = connect();
  const select = (fields) =>
    gql`query Hits { search(query: "text", first: 2) { edges { ${fields} node { ... on Node { id } } } } }`;
  const queries = [select("kind"), select("snippet")];
  for (const document of queries) await client.query({ query: document });
  for (const document of queries) {
    const [{ data }, requests] = await countRequests(() => client.query({ query: document }));
    assert.deepEqual([data.search.edges.length, requests], [2, 0]);
  }
});

test("fragments on interfaces match by the possible types", async () => {
  const client = connect();
  const document = gql`query Fragments { article(slug: "a") { id sections { id blocks { ...Id } } } } fragment Id on Node { id }`;
  const { data } = await client.query({ query: document });
  assert.match(data.article.sections[0].blocks[0].id, /^Paragraph/);
});
