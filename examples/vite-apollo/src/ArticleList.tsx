import { useSuspenseQuery } from "@apollo/client/react";
import { useSearchParams } from "react-router";
import { ArticleCard } from "./ArticleCard";
import { graphql } from "./gql";
import { MoreButton } from "./MoreButton";

const ArticleListQuery = graphql(`
  query ArticleList($party: [String!], $after: String) {
    articles(first: 10, after: $after, where: { parties: { slug: $party } }) {
      totalCount
      edges {
        node {
          id
          ...ArticleCard
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
    all: articles {
      counts(by: PARTY) {
        key
        label
        total
      }
    }
  }
`);

export function ArticleList() {
  const [parameters, setParameters] = useSearchParams();
  const party = parameters.get("party");
  const { data, fetchMore } = useSuspenseQuery(ArticleListQuery, { variables: { party: party ? [party] : null } });
  const { edges, pageInfo, totalCount } = data.articles;
  return (
    <>
      <title>Articles · Counterpoint</title>
      <h1>Articles</h1>
      <label>
        Party{" "}
        <select value={party ?? ""} onChange={({ target }) => setParameters(target.value ? { party: target.value } : {})}>
          <option value="">All parties</option>
          {data.all.counts.map(({ key, label, total }) => (
            <option key={key} value={key}>
              {label} ({total})
            </option>
          ))}
        </select>
      </label>
      <p role="status">
        Showing {edges.length} of {totalCount}
      </p>
      {edges.map(({ node }) => (
        <ArticleCard key={node.id} article={node} />
      ))}
      {pageInfo.hasNextPage && <MoreButton load={() => fetchMore({ variables: { after: pageInfo.endCursor } })} />}
    </>
  );
}
