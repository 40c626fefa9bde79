import type { Metadata } from "next";
import Link from "next/link";
import { notFound, permanentRedirect } from "next/navigation";
import { query } from "../../../lib/api.ts";
import { cacheTag } from "../../../lib/cache-tag.ts";
import { graphql } from "../../../lib/gql/index.ts";

const PartyPage = graphql(`
  query PartyPage($slug: String!) {
    party(slug: $slug) {
      slug
      name
      stances(first: 50) {
        nodes {
          id
          html
          measures {
            id
            html
          }
          article {
            slug
            title
            language
          }
        }
      }
    }
  }
`);

/** No page is built in advance. Each is static from its first visit. */
export const generateStaticParams = () => [];

async function readParty({ params }: PageProps<"/parties/[slug]">) {
  const slug = decodeURIComponent((await params).slug);
  const { party } = await query(PartyPage, { slug }, [cacheTag("Party", slug)]);
  if (!party) notFound();
  if (party.slug !== slug) permanentRedirect(`/parties/${encodeURIComponent(party.slug)}`);
  return party;
}

export async function generateMetadata(props: PageProps<"/parties/[slug]">): Promise<Metadata> {
  return { title: (await readParty(props)).name };
}

export default async function Page(props: PageProps<"/parties/[slug]">) {
  const { name, stances } = await readParty(props);
  return (
    <>
      <h1>{name}</h1>
      {stances.nodes.map(({ id, html, measures, article }) => (
        <section key={id} lang={article.language}>
          <h2 dangerouslySetInnerHTML={{ __html: html }} />
          <ul>
            {measures.map(({ id, html }) => (
              <li key={id} dangerouslySetInnerHTML={{ __html: html }} />
            ))}
          </ul>
          <Link href={`/articles/${encodeURIComponent(article.slug)}`}>{article.title}</Link>
        </section>
      ))}
    </>
  );
}
