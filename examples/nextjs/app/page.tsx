import Link from "next/link";
import { query } from "../lib/api.ts";
import { graphql } from "../lib/gql/index.ts";

const ArticleList = graphql(`
  query ArticleList($party: [String!], $after: String) {
    articles(first: 10, after: $after, where: { parties: { slug: $party } }) {
      totalCount
      nodes {
        id
        slug
        title
        summary
        language
        published
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

export default async function Page({ searchParams }: PageProps<"/">) {
  const parameters = new URLSearchParams((await searchParams) as Record<string, string>);
  const party = parameters.get("party");
  const variables = { party: party ? [party] : null, after: parameters.get("after") };
  const { articles, all } = await query(ArticleList, variables, ["article", "party"]);
  const next = new URLSearchParams({ ...(party && { party }), after: articles.pageInfo.endCursor ?? "" });
  return (
    <>
      <h1>Articles</h1>
      <form>
        <label>
          Party{" "}
          <select name="party" defaultValue={party ?? ""} key={party}>
            <option value="">All parties</option>
            {all.counts.map(({ key, label, total }) => (
              <option key={key} value={key}>
                {label} ({total})
              </option>
            ))}
          </select>
        </label>{" "}
        <button>Show</button>
      </form>
      <p role="status">{articles.totalCount} in total</p>
      {articles.nodes.map(({ id, slug, title, summary, language, published }) => (
        <article key={id} lang={language}>
          <h2>
            <Link href={`/articles/${encodeURIComponent(slug)}`}>{title}</Link>
          </h2>
          {published && <time dateTime={published}>{published}</time>}
          {summary && <p>{summary}</p>}
        </article>
      ))}
      {articles.pageInfo.hasNextPage && (
        <nav aria-label="Pages">
          <Link href={`/?${next}`} rel="next">
            Older articles
          </Link>
        </nav>
      )}
    </>
  );
}
