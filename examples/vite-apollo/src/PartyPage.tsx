import { useSuspenseQuery } from "@apollo/client/react";
import { Link, useParams } from "react-router";
import { graphql } from "./gql";
import { MoreButton } from "./MoreButton";

const PartyPageQuery = graphql(`
  query PartyPage($slug: String!, $after: String) {
    party(slug: $slug) {
      id
      name
      stances(first: 10, after: $after) {
        edges {
          node {
            id
            html
            measures {
              id
              html
            }
            article {
              id
              slug
              title
              language
            }
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`);

export function PartyPage() {
  const slug = useParams().slug ?? "";
  const { data, fetchMore } = useSuspenseQuery(PartyPageQuery, { variables: { slug } });
  if (!data.party) return <h1>There is no such party</h1>;
  const { edges, pageInfo } = data.party.stances;
  return (
    <>
      <title>{`${data.party.name} · Counterpoint`}</title>
      <h1>{data.party.name}</h1>
      {edges.map(({ node: { id, html, measures, article } }) => (
        <section key={id} lang={article.language}>
          <h2 dangerouslySetInnerHTML={{ __html: html }} />
          <ul>
            {measures.map(({ id, html }) => (
              <li key={id} dangerouslySetInnerHTML={{ __html: html }} />
            ))}
          </ul>
          <Link to={`/articles/${encodeURIComponent(article.slug)}`}>{article.title}</Link>
        </section>
      ))}
      {pageInfo.hasNextPage && <MoreButton load={() => fetchMore({ variables: { after: pageInfo.endCursor } })} />}
    </>
  );
}
