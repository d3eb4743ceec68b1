//! The publication date in the path of a story.

use jiff::civil::Date;

use crate::text;

/// A date in a file's name, or in the folders above it: `2018-02-12-ferry.md`, `/2018/02/12/ferry.html`, `/2018/0212/ferry.html`.
pub(super) fn date_in_path(path: &str) -> Option<Date> {
    let mut parts = path.rsplit(['/', '\\']);
    if let Some(date) = parts.next().and_then(date_in_name) {
        return Some(date);
    }
    let folders: Vec<&str> = path.split(['/', '\\']).collect();
    let from_folders = folders.windows(3).rev().find_map(|parts| {
        // The day may open the file's name: `2018/02/12-ferry.md`.
        let day: String = parts[2].chars().take_while(char::is_ascii_digit).collect();
        let well = parts[0].len() == 4 && matches!(parts[1].len(), 1..=2) && matches!(day.len(), 1..=2);
        let number = |text: &str| text.parse::<i16>().ok();
        well.then(|| text::date(number(parts[0])?, number(parts[1])?, number(&day)?)).flatten()
    });
    let month_and_day = || {
        let is_digits = |part: &str| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_digit());
        let pair = folders.windows(2).rev().find(|parts| parts.iter().all(|part| is_digits(part)))?;
        text::compact_date(&pair.concat())
    };
    from_folders.or_else(month_and_day).or_else(|| folders.iter().rev().skip(1).find_map(|folder| date_in_name(folder)))
}

fn date_in_name(name: &str) -> Option<Date> {
    if let Some((date, range)) = text::find_date(name) {
        let alone = !name[..range.start].ends_with(|c: char| c.is_ascii_digit());
        if alone {
            return Some(date);
        }
    }
    name.split(|c: char| !c.is_ascii_digit()).filter(|digits| digits.len() == 8).find_map(text::compact_date)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::date_in_path;

    #[test]
    fn dates_in_paths() {
        for path in [
            "2018-02-12-ferry.md",
            "news/2018/02/12/ferry.html",
            "news/2018/2/12-ferry.md",
            "ferry_20180212.txt",
            "news/2018/0212/ferry.md",
            "C:\\news\\2018-02-12\\ferry.txt",
        ] {
            assert_eq!(date_in_path(path), Some(date(2018, 2, 12)), "{path}");
        }
        for path in [
            "ferry.md",
            "2018-02-30-ferry.md",
            "20181301.txt",
            "id-120180212.txt",
            "1234/56/78/a.txt",
            "1234/5678/a.txt",
            "02-12-2018.txt",
        ] {
            assert_eq!(date_in_path(path), None, "{path}");
        }
    }
}
