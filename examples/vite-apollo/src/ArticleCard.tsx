import { Link } from "react-router";
import { type FragmentType, graphql, readFragment } from "./gql";

const ArticleCardFragment = graphql(`
  fragment ArticleCard on Article {
    slug
    title
    summary
    language
    published
  }
`);

export function ArticleCard(props: { article: FragmentType<typeof ArticleCardFragment> }) {
  const article = readFragment(ArticleCardFragment, props.article);
  return (
    <article lang={article.language}>
      <h2>
        <Link to={`/articles/${encodeURIComponent(article.slug)}`}>{article.title}</Link>
      </h2>
      {article.published && <time dateTime={article.published}>{article.published}</time>}
      {article.summary && <p>{article.summary}</p>}
    </article>
  );
}
