// Compiled, and not run: the package has types that a strict compiler accepts, and that reject mistakes.

import { InMemoryCache } from "@apollo/client";
import { cacheExchange } from "@urql/exchange-graphcache";
import { possibleTypes, type Article, type Block, type QueryArticlesArgs } from "counterpoint-client";
import { cacheOptions as apolloOptions } from "counterpoint-client/apollo";
import { cacheOptions as urqlOptions } from "counterpoint-client/urql";

export const caches = [new InMemoryCache(apolloOptions), cacheExchange(urqlOptions)];
export const blockTypes: string[] | undefined = possibleTypes.Block;
export const variables: QueryArticlesArgs = { first: 10, orderBy: "UPDATED_DESC", where: { language: ["en"] } };
export const published = (article: Article): string | null | undefined => article.published;

export function describe(block: Block): string {
  switch (block.__typename) {
    case "Paragraph":
      return block.text;
    case "PointList":
      return block.kind;
    case "Table":
      return block.columns.join();
  }
}

// @ts-expect-error: there is no such order.
export const unknownOrder: QueryArticlesArgs = { orderBy: "RANDOM" };
