"""The comments that copydesk writes into a Word document, read by python-docx. Usage: docx_comments.py COPYDESK"""

import pathlib
import subprocess
import sys
import tempfile

import docx

with tempfile.TemporaryDirectory() as folder:
    story, reviewed = pathlib.Path(folder, "story.docx"), pathlib.Path(folder, "reviewed.docx")
    written = docx.Document()
    written.add_heading("Board builds", 0)
    paragraph = written.add_paragraph("The operators ")
    paragraph.add_run("insists of").bold = True
    paragraph.add_run(" building it, TK said.")
    written.save(str(story))
    command = [sys.argv[1], "--check", "--no-config", "--format", "docx-comments", "-o", str(reviewed), str(story)]
    code = subprocess.run(command).returncode
    assert code == 1, f"exit code {code}"
    read = docx.Document(str(reviewed))
    assert [p.text for p in read.paragraphs] == [p.text for p in written.paragraphs]
    said = [comment.text for comment in read.comments]
    assert any("“insists of” should be" in text for text in said), said
    assert any("“TK” marks" in text for text in said), said
    marks = [element.tag.rsplit("}")[-1] for element in read.element.iter() if "commentR" in str(element.tag)]
    assert marks.count("commentRangeStart") == marks.count("commentReference") == len(said), marks
print("docx-comments: read by python-docx")
