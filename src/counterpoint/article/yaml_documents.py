"""YAML documents: text to nodes, which know their place. Front matter and declarations are such documents."""

import yaml

from counterpoint.article.source_file import SourceFile

_MAX_NESTING = 100


def compose_mapping(text: str, source: SourceFile, *, subject: str, hint: str) -> yaml.MappingNode | None:
    """Parse YAML whose offsets are those of a file. Report why it is no mapping, and return None then."""
    try:
        if _is_nested_too_deeply(text):
            start = len(text) - len(text.lstrip("\n"))
            source.report_at_offset(f"{subject} is nested too deeply", start, hint=hint)
            return None
        root = yaml.compose(text, Loader=yaml.CSafeLoader) or yaml.MappingNode("", [])
        if isinstance(root, yaml.MappingNode):
            return root
        report_at_node(f"{subject} has no keys", root, source, hint=hint)
        return None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        offset = mark.index if mark else 0
        reason = error.problem or "it can't be parsed"
    except yaml.reader.ReaderError as error:
        offset = len(text.encode()[: error.position].decode(errors="ignore"))
        reason = error.reason
    if text[offset : offset + 1] == "\t":
        advice = "write spaces in place of the tab"
    else:
        advice = "put a text in quotes if it contains a colon, # or quotes, or begins with punctuation"
    source.report_at_offset(f"{subject} is not valid YAML: {reason}", offset, hint=advice)
    return None


def report_at_node(message: str, node: yaml.Node, source: SourceFile, hint: str | None = None) -> None:
    """Report a problem with a node."""
    source.report_at_offset(message, node.start_mark.index, hint=hint)


def _is_nested_too_deeply(text: str) -> bool:
    # The C loader recurses: a stack overflow would end the process.
    if sum(map(text.count, "[{-?:")) < _MAX_NESTING:
        return False
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth == _MAX_NESTING:
            return True
    return False
