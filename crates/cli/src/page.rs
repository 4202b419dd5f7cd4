//! A page of Markdown, laid out for a terminal.

use std::fmt::Write;

use anstyle::{AnsiColor, Style};
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Parser, Tag, TagEnd};
use unicode_width::UnicodeWidthStr;

/// Lays a page out in so many columns. Headings, code and examples are shown by colours, or, without
/// them, by the marks of Markdown.
pub(crate) fn layout(markdown: &str, width: usize, paint: bool) -> String {
    let mut layout = Layout {
        out: String::new(),
        width,
        paint,
        line: Vec::new(),
        style: Style::new(),
        hanging: 0,
        caption: None,
    };
    for event in Parser::new(markdown) {
        layout.take(event);
    }
    layout.out
}

struct Layout {
    out: String,
    width: usize,
    paint: bool,
    /// The pieces of the paragraph or heading that is being read.
    line: Vec<(Style, String)>,
    style: Style,
    /// How far the lines after the first stand in.
    hanging: usize,
    /// What the last block of code was introduced by, if nothing stood between.
    caption: Option<String>,
}

/// The indentation of code.
const INDENT: &str = "    ";

impl Layout {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                if !self.paint {
                    let marks = "#".repeat(level as usize);
                    self.text(Style::new(), &format!("{marks} "));
                }
                self.style = if level == HeadingLevel::H1 {
                    AnsiColor::BrightBlue.on_default().bold()
                } else {
                    Style::new().bold()
                };
            }
            Event::Start(Tag::Emphasis) => self.style = self.style.italic(),
            Event::Start(Tag::Strong) => self.style = self.style.bold(),
            Event::Start(Tag::CodeBlock(kind)) => {
                if let CodeBlockKind::Fenced(info) = kind {
                    self.caption(&info);
                }
                self.style = Style::new().dimmed();
            }
            Event::Start(Tag::Item) => {
                self.text(Style::new(), "- ");
                self.hanging = 2;
            }
            Event::End(TagEnd::CodeBlock) => {
                let code: String = self.line.drain(..).map(|(_, text)| text).collect();
                for line in code.lines() {
                    let style = self.painted(self.style);
                    let _ = writeln!(self.out, "{INDENT}{style}{line}{style:#}");
                }
                self.style = Style::new();
                self.out.push('\n');
            }
            Event::End(TagEnd::Heading(_) | TagEnd::Paragraph) => self.paragraph("\n\n"),
            Event::End(TagEnd::Item) => {
                self.paragraph("\n");
                self.hanging = 0;
            }
            Event::End(TagEnd::List(_)) => self.out.push('\n'),
            Event::End(TagEnd::Emphasis | TagEnd::Strong) => self.style = Style::new(),
            Event::Text(text) => self.text(self.style, &text),
            Event::Code(code) => {
                let cyan = AnsiColor::Cyan.on_default();
                let heading = self.style.get_fg_color().is_some();
                let style = if heading { self.style } else { cyan };
                if self.paint {
                    self.text(style, &code);
                } else {
                    self.text(style, &format!("`{code}`"));
                }
            }
            Event::SoftBreak | Event::HardBreak => self.text(self.style, " "),
            _ => {}
        }
    }

    fn text(&mut self, style: Style, text: &str) {
        self.line.push((style, text.to_owned()));
    }

    fn painted(&self, style: Style) -> Style {
        if self.paint { style } else { Style::new() }
    }

    /// Says of an example what its fence says: whether the rule fires, and for which payload.
    fn caption(&mut self, info: &str) {
        let mut words = info.split(' ');
        let (verdict, style) = match words.next().and_then(|word| word.split_once(',')) {
            Some((_, "fires")) => ("fires", AnsiColor::BrightRed.on_default()),
            Some((_, "passes")) => ("passes", AnsiColor::Green.on_default()),
            _ => return,
        };
        let style = self.painted(style);
        let mut settings = Vec::new();
        for word in words {
            settings.push(word.strip_prefix("payload=").unwrap_or(word));
        }
        let caption = format!("{style}{verdict}{style:#}: {}", settings.join(", "));
        if self.caption.as_ref() == Some(&caption) {
            // The example before says so; the empty line between the two goes.
            self.out.pop();
        } else {
            let _ = writeln!(self.out, "{caption}");
            self.caption = Some(caption);
        }
    }

    /// Writes what was read, in lines no wider than the page.
    fn paragraph(&mut self, end: &str) {
        let mut used = 0;
        let mut glue = false;
        for (style, text) in std::mem::take(&mut self.line) {
            let style = self.painted(style);
            for (number, word) in text.split(' ').enumerate() {
                if number > 0 {
                    glue = true;
                }
                if word.is_empty() {
                    continue;
                }
                let wide = word.width();
                if used > 0 && glue && used + 1 + wide > self.width {
                    self.out.push('\n');
                    self.out.extend(std::iter::repeat_n(' ', self.hanging));
                    used = self.hanging;
                } else if glue && used > 0 {
                    self.out.push(' ');
                    used += 1;
                }
                let _ = write!(self.out, "{style}{word}{style:#}");
                used += wide;
                glue = false;
            }
        }
        self.out.push_str(end);
        self.style = Style::new();
        self.caption = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(markdown: &str, width: usize) -> String {
        let painted = layout(markdown, width, true);
        anstream::adapter::strip_str(&painted).to_string()
    }

    #[test]
    fn without_colours_the_marks_of_markdown_stay() {
        let page = "# `a/b`\n\nOne `two`.\n\n## Three\n";
        assert_eq!(
            layout(page, 80, false),
            "# `a/b`\n\nOne `two`.\n\n## Three\n\n"
        );
    }

    #[test]
    fn paragraphs_are_wrapped_and_words_stay_whole() {
        let page = "# `a/b`\n\nOne two `three`, four.\nFive.\n\n- six seven eight\n- nine\n";
        assert_eq!(
            plain(page, 12),
            "a/b\n\nOne two\nthree, four.\nFive.\n\n- six seven\n  eight\n- nine\n\n"
        );
    }

    #[test]
    fn examples_have_captions_and_keep_their_lines() {
        let page = "```json,fires payload=x/y\n{\n  1\n}\n```\n\n```json,fires payload=x/y\n2\n```\n\n```json,passes payload=x/y now=z\n3\n```\n";
        assert_eq!(
            plain(page, 12),
            "fires: x/y\n    {\n      1\n    }\n    2\n\npasses: x/y, now=z\n    3\n\n"
        );
    }
}
