import type { CacheExchangeOpts } from "@urql/exchange-graphcache";

/** The options of `cacheExchange(…)`. */
export declare const cacheOptions: Required<Pick<CacheExchangeOpts, "keys" | "resolvers" | "schema">>;
