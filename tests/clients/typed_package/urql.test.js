// urql's Graphcache with the options of the package, against a real server.

import assert from "node:assert/strict";
import test from "node:test";
import { Client, fetchExchange, gql } from "@urql/core";
import { cacheExchange } from "@urql/exchange-graphcache";
import { cacheOptions } from "counterpoint-client/urql";
import { countRequests, url } from "./support.js";

const NODES = gql`
  query Nodes($first: Int, $after: String) {
    articles(first: $first, after: $after, orderBy: TITLE_ASC) {
      totalCount
      nodes { id title }
      pageInfo { hasNextPage endCursor }
    }
  }
`;
const EDGES = gql`query Edges($first: Int) { articles(first: $first, orderBy: TITLE_ASC) { edges { node { id title } } } }`;
const TOTAL = gql`query Total($first: Int) { articles(first: $first, orderBy: TITLE_ASC) { totalCount } }`;
const CURSOR = gql`query Cursor($first: Int) { articles(first: $first, orderBy: TITLE_ASC) { pageInfo { startCursor } } }`;

const connect = () => new Client({ url, preferGetMethod: true, exchanges: [cacheExchange(cacheOptions), fetchExchange] });

const titles = ({ nodes, edges }) => (nodes ?? edges.map(({ node }) => node)).map(({ title }) => title);

async function query(client, document, variables = {}) {
  const [{ data, error }, requests] = await countRequests(() => client.query(document, variables).toPromise());
  assert.equal(error, undefined);
  return [data, requests];
}

test("pages are joined", async () => {
  const client = connect();
  let after;
  let articles;
  do {
    [{ articles }] = await query(client, NODES, { first: 2, after });
    after = articles.pageInfo.endCursor;
  } while (articles.pageInfo.hasNextPage);
  assert.deepEqual([titles(articles), articles.totalCount], [["A", "B", "C", "D", "E"], 5]);
});

test("what no query has selected is requested, not invented", async () => {
  const client = connect();
  const variables = { first: 2 };
  assert.equal((await query(client, TOTAL, variables))[0].articles.totalCount, 5);
  assert.deepEqual(titles((await query(client, NODES, variables))[0].articles), ["A", "B"]);
  assert.deepEqual(titles((await query(client, EDGES, variables))[0].articles), ["A", "B"]);
  assert.equal(typeof (await query(client, CURSOR, variables))[0].articles.pageInfo.startCursor, "string");
  for (const document of [TOTAL, NODES, EDGES, CURSOR]) assert.equal((await query(client, document, variables))[1], 0);
});

test("queries that select different fields of a block, its source and its images keep each other's fields", async () => {
  const client = connect();
  const select = (fields) => gql`query Blocks {
    article(slug: "a") { id sections { id blocks { ... on Node { id } ... on Paragraph { ${fields} } } } }
    articles(orderBy: TITLE_ASC) { counts(by: YEAR) { key total } }
  }`;
  const queries = [select("text source { line } images { src }"), select("html source { path } images { alt }")];
  for (const document of queries) await query(client, document);
  for (const document of queries) {
    const [data, requests] = await query(client, document);
    assert.equal(requests, 0);
    assert.equal(data.article.sections[0].blocks[0].images.length, 2);
  }
});
