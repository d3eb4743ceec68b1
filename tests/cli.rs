//! The command line, a file a case; what README.md shows is a case too.
//!
//! `tests/cli/NAME.trycmd` or `NAME.toml` runs in a copy of `tests/cli/NAME.in`.

#[test]
fn every_case_prints_and_exits_as_written() {
    trycmd::TestCases::new()
        .case("tests/cli/*.trycmd")
        .case("tests/cli/*.toml")
        .case("README.md")
        .case("docs/commands/*.md");
}
