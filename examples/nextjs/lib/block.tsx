import { type FragmentType, graphql, readFragment } from "./gql/index.ts";

const BlockFragment = graphql(`
  fragment Block on Block {
    __typename
    ... on Paragraph {
      html
    }
    ... on PointList {
      ordered
      start
      leadIn
      points {
        id
        label
        html
      }
    }
    ... on Table {
      html
    }
  }
`);

/** A paragraph, list or table. Its HTML needs no sanitizer, because the service makes it from Markdown. */
export function Block(props: { block: FragmentType<typeof BlockFragment> }) {
  const block = readFragment(BlockFragment, props.block);
  switch (block.__typename) {
    case "Paragraph":
      return <div dangerouslySetInnerHTML={{ __html: block.html }} />;
    case "Table":
      return <div className="table" tabIndex={0} dangerouslySetInnerHTML={{ __html: block.html }} />;
    case "PointList": {
      const List = block.ordered ? "ol" : "ul";
      return (
        <>
          {block.leadIn && <p>{block.leadIn}</p>}
          <List start={block.start ?? undefined}>
            {block.points.map(({ id, label, html }) => (
              <li key={id}>
                {label && <strong>{label}: </strong>}
                <span dangerouslySetInnerHTML={{ __html: html }} />
              </li>
            ))}
          </List>
        </>
      );
    }
  }
}
