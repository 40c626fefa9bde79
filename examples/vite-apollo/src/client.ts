import { ApolloClient, HttpLink, InMemoryCache } from "@apollo/client";
import { relayStylePagination } from "@apollo/client/utilities";
import schema from "./gql/possible-types";

/** Append the next page to the list, one list for each filter and order. */
const connection = relayStylePagination(["where", "orderBy"]);

export const client = new ApolloClient({
  link: new HttpLink({ uri: "/graphql", useGETForQueries: true }),
  enhancedClientAwareness: { transport: false },
  cache: new InMemoryCache({
    possibleTypes: schema.possibleTypes,
    typePolicies: {
      Query: { fields: { articles: connection } },
      Party: { fields: { stances: connection } },
    },
  }),
});
