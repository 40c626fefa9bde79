import { useSuspenseQuery } from "@apollo/client/react";
import { Link, Navigate, useParams } from "react-router";
import { Block } from "./Block";
import { graphql } from "./gql";

const ArticlePageQuery = graphql(`
  query ArticlePage($slug: String!) {
    article(slug: $slug) {
      id
      slug
      title
      subtitle
      language
      authors
      published
      translations {
        id
        slug
        title
        language
      }
      parties {
        id
        slug
        name
      }
      sections {
        id
        heading
        level
        blocks {
          ... on Node {
            id
          }
          ...Block
        }
      }
    }
  }
`);

export function ArticlePage() {
  const slug = useParams().slug ?? "";
  const { article } = useSuspenseQuery(ArticlePageQuery, { variables: { slug } }).data;
  if (!article) return <h1>There is no such article</h1>;
  if (article.slug !== slug) return <Navigate replace to={`/articles/${encodeURIComponent(article.slug)}`} />;
  return (
    <article lang={article.language}>
      <title>{`${article.title} · Counterpoint`}</title>
      <h1>{article.title}</h1>
      {article.subtitle && <p className="subtitle">{article.subtitle}</p>}
      <p>{[...article.authors, article.published].filter(Boolean).join(" · ")}</p>
      {article.translations.map(({ id, slug, title, language }) => (
        <p key={id} lang={language}>
          {language}: <Link to={`/articles/${encodeURIComponent(slug)}`}>{title}</Link>
        </p>
      ))}
      {article.sections.map(({ id, heading, level, blocks }) => (
        <section key={id}>
          {heading && <Heading level={level}>{heading}</Heading>}
          {blocks.map((block) => (
            <Block key={block.id} block={block} />
          ))}
        </section>
      ))}
      <nav aria-label="Parties">
        {article.parties.map(({ id, slug, name }) => (
          <Link key={id} to={`/parties/${encodeURIComponent(slug)}`}>
            {name}
          </Link>
        ))}
      </nav>
    </article>
  );
}

function Heading({ level, children }: { level: number; children: string }) {
  const Element = `h${level}` as "h2";
  return <Element>{children}</Element>;
}
