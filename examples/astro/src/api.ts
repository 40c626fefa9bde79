import { graphql } from "./gql";
import type { ArticlesQuery, TypedDocumentString } from "./gql/graphql";

const SERVICE = process.env["COUNTERPOINT_URL"] ?? "http://127.0.0.1:8000";

const Articles = graphql(`
  query Articles($after: String) {
    articles(first: 10, after: $after) {
      nodes {
        slug
        title
        summary
        language
        published
        translations {
          slug
          title
          language
        }
        sections {
          heading
          level
          blocks {
            __typename
            ... on Paragraph {
              html
            }
            ... on PointList {
              ordered
              leadIn
              points {
                label
                html
              }
            }
            ... on Table {
              html
            }
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export type Article = ArticlesQuery["articles"]["nodes"][number];
export type Block = Article["sections"][number]["blocks"][number];

/** Return all articles, page by page. */
export async function readArticles(): Promise<Article[]> {
  const articles: Article[] = [];
  let page: ArticlesQuery["articles"]["pageInfo"] = { hasNextPage: true, endCursor: null };
  while (page.hasNextPage) {
    const { nodes, pageInfo } = (await query(Articles, { after: page.endCursor })).articles;
    articles.push(...nodes);
    page = pageInfo;
  }
  return articles;
}

async function query<Data, Variables>(document: TypedDocumentString<Data, Variables>, variables: Variables) {
  const url = new URL("/graphql", SERVICE);
  url.searchParams.set("query", document.toString());
  url.searchParams.set("variables", JSON.stringify(variables));
  const response = await fetch(url, { headers: { accept: "application/graphql-response+json" } });
  const { data, errors } = (await response.json()) as { data?: Data; errors?: unknown };
  if (!data) throw new Error(`The service rejected a query: ${JSON.stringify(errors)}`);
  return data;
}

/** Return HTML in which the paths of images lead to the service. */
export const withImages = (html: string) => html.replaceAll(' src="/images/', ` src="${SERVICE}/images/`);
