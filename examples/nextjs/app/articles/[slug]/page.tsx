import type { Metadata } from "next";
import Link from "next/link";
import { notFound, permanentRedirect } from "next/navigation";
import { query } from "../../../lib/api.ts";
import { Block } from "../../../lib/block.tsx";
import { cacheTag } from "../../../lib/cache-tag.ts";
import { graphql } from "../../../lib/gql/index.ts";

const NewestArticles = graphql(`
  query NewestArticles {
    articles(first: 100) {
      nodes {
        slug
      }
    }
  }
`);

const ArticlePage = graphql(`
  query ArticlePage($slug: String!) {
    article(slug: $slug) {
      slug
      title
      subtitle
      summary
      language
      authors
      published
      translations {
        slug
        title
        language
      }
      parties {
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

const pathOf = (slug: string) => `/articles/${encodeURIComponent(slug)}`;

/** The pages that are built in advance. Other pages are built when they are first visited. */
export async function generateStaticParams(): Promise<{ slug: string }[]> {
  const { articles } = await query(NewestArticles, {}, ["article"]);
  return articles.nodes;
}

async function readArticle({ params }: PageProps<"/articles/[slug]">) {
  const slug = decodeURIComponent((await params).slug);
  const { article } = await query(ArticlePage, { slug }, [cacheTag("Article", slug), "party"]);
  if (!article) notFound();
  if (article.slug !== slug) permanentRedirect(pathOf(article.slug));
  return article;
}

export async function generateMetadata(props: PageProps<"/articles/[slug]">): Promise<Metadata> {
  const article = await readArticle(props);
  const versions = [article, ...article.translations];
  return {
    title: article.title,
    description: article.summary,
    alternates: {
      canonical: pathOf(article.slug),
      languages: Object.fromEntries(versions.map(({ language, slug }) => [language, pathOf(slug)])),
    },
  };
}

export default async function Page(props: PageProps<"/articles/[slug]">) {
  const article = await readArticle(props);
  return (
    <article lang={article.language}>
      <h1>{article.title}</h1>
      {article.subtitle && <p className="subtitle">{article.subtitle}</p>}
      <p>{[...article.authors, article.published].filter(Boolean).join(" · ")}</p>
      {article.translations.map(({ slug, title, language }) => (
        <p key={slug} lang={language}>
          {language}: <Link href={pathOf(slug)}>{title}</Link>
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
        {article.parties.map(({ slug, name }) => (
          <Link key={slug} href={`/parties/${encodeURIComponent(slug)}`}>
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
