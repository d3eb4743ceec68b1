//! The command line, a file a case: `tests/cli/NAME.trycmd` or `NAME.toml` runs in a copy of `tests/cli/NAME.in`.

#[test]
fn every_case_prints_and_exits_as_written() {
    trycmd::TestCases::new().case("tests/cli/*.trycmd").case("tests/cli/*.toml");
}
