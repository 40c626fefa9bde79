import type { InMemoryCacheConfig, PossibleTypesMap, TypePolicies } from "@apollo/client/cache";

/** The options of `new InMemoryCache(…)`. */
export declare const cacheOptions: InMemoryCacheConfig & {
  possibleTypes: PossibleTypesMap;
  typePolicies: TypePolicies;
};
