"""The parser's version. It stands apart so that a catalog can be looked through without loading the parser."""

PARSER_VERSION = 2  # raised whenever any page may parse differently, so that catalogs are rebuilt
