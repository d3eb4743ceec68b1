;;; test.el --- copydesk in Emacs, by Eglot  -*- lexical-binding: t -*-

;; Run by `run' in batch mode, after the lines for the init file that docs/editors/emacs.md gives.  A test waits for what
;; it expects, never for time to pass; what did not come in a generous time is said in full.

(require 'cl-lib)
(require 'eglot)
(require 'flymake)

(defconst test-limit 30 "Seconds after which waiting is a failure.")

(setq make-backup-files nil
      create-lockfiles nil
      eglot-confirm-server-initiated-edits nil)

(defun test-wait (expected condition &optional state)
  "Wait until CONDITION gives something, and return that.
EXPECTED says what is waited for, STATE gives what there is instead."
  (let ((deadline (+ (float-time) test-limit))
        got)
    (while (not (setq got (funcall condition)))
      (when (> (float-time) deadline)
        (error "waited %d s for %s; there is: %S" test-limit expected (and state (funcall state))))
      (accept-process-output nil 0.05))
    got))

(defun test-marked (rule)
  "The findings of RULE in this buffer, as `LINE: WORDS' in the order of the text."
  (let (marked)
    (dolist (finding (flymake-diagnostics))
      (when (string-search (format "[%s]" rule) (flymake-diagnostic-text finding))
        (let ((start (flymake-diagnostic-beg finding)))
          (push (cons start
                      (format "%d: %s"
                              (line-number-at-pos start)
                              (buffer-substring-no-properties start (flymake-diagnostic-end finding))))
                marked))))
    (mapcar #'cdr (sort marked (lambda (a b) (< (car a) (car b)))))))

(defun test-wait-marked (rule &rest expected)
  "Wait until the findings of RULE mark exactly EXPECTED."
  (test-wait (format "%s at %S" rule expected)
             (lambda ()
               ;; What a user's next command and being idle set off; batch mode knows neither.
               (run-hooks 'post-command-hook)
               (eglot--signal-textDocument/didChange)
               (equal (test-marked rule) expected))
             (lambda () (mapcar #'flymake-diagnostic-text (flymake-diagnostics)))))

(defun test-equal (got expected what)
  "Fail unless GOT is EXPECTED; WHAT says what they are."
  (unless (equal got expected)
    (error "%s\nexpected: %S\ngot:      %S" what expected got)))

(defun test-choose (title)
  "Choose the code action at point whose title starts with TITLE, as from the menu; return all titles."
  (let (titles)
    (cl-letf (((symbol-function 'completing-read)
               (lambda (_prompt actions &rest _)
                 (setq titles (mapcar #'car actions))
                 (or (cl-find-if (lambda (candidate) (string-prefix-p title candidate)) titles)
                     (error "no action %S among %S" title titles)))))
      (let ((last-nonmenu-event t))
        (call-interactively #'eglot-code-actions)))
    titles))

(defun test-line (number)
  "The text of line NUMBER."
  (save-excursion
    (goto-char (point-min))
    (forward-line (1- number))
    (buffer-substring-no-properties (line-beginning-position) (line-end-position))))

(defun test-go (number words)
  "Put point on the first WORDS in line NUMBER."
  (goto-char (point-min))
  (forward-line (1- number))
  (search-forward words (line-end-position))
  (goto-char (match-beginning 0)))

(defun test-open (path)
  "Visit PATH as a user would and wait for the server."
  (find-file path)
  ;; What a user's first command sets off; batch mode has no commands.
  (run-hooks 'post-command-hook)
  (test-wait "the server at the buffer" #'eglot-current-server))

(let ((words "words/verb-preposition"))
  (test-open "story.txt")
  (test-wait-marked words "3: insists of" "5: insists of")
  (test-wait-marked "time/weekday-mismatch" "7: Monday, Feb. 20, 2018")
  (test-wait-marked "words/article" "5: a hour" "7: a hour")

  ;; A fix, made and undone and made again.
  (test-go 3 "insists of")
  (buffer-enable-undo)
  (undo-boundary)
  (test-choose "Replace with “insists on”")
  (let ((mended "Naïve 😀 crowds came. The council insists on meeting, Mayor Dale Finch said."))
    (test-equal (test-line 3) mended "a fix")
    (test-wait-marked words "5: insists of")
    (undo-boundary)
    (undo-only)
    (test-equal (test-line 3) (string-replace "insists on" "insists of" mended) "undone")
    (test-wait-marked words "3: insists of" "5: insists of")
    (test-go 3 "insists of")
    (test-choose "Replace with “insists on”"))

  ;; Inside a quote there is a choice.
  (test-go 5 "insists of")
  (let ((titles (test-choose "Keep “insists of” and mark it [sic]")))
    (dolist (start '("Ask the reporter" "Correct the transcription to “insists on”" "Paraphrase"))
      (unless (cl-some (lambda (title) (string-prefix-p start title)) titles)
        (error "no choice %S among %S" start titles))))

  ;; What is safe, all at once; the quote stays as it is.
  (goto-char (point-min))
  (eglot-code-actions (point-min) (point-max) "source.fixAll.copydesk" t)
  (save-buffer)
  (test-equal (with-temp-buffer
                (insert-file-contents "story.txt")
                (buffer-string))
              (with-temp-buffer
                (insert-file-contents "fixed.txt")
                (buffer-string))
              "the file")

  ;; A person is renamed, with the title and without.
  (test-go 5 "Dale Finch")
  (eglot-rename "Dana Fisher")
  (test-equal (test-line 5)
              "“Café 😀 owners insists of [sic] meeting for a hour,” Mayor Dana Fisher said."
              "a person with a new name")
  (set-buffer-modified-p nil)

  ;; Markdown and HTML are read as such: words in code or in a tag are no finding.
  (test-open "story.md")
  (test-wait-marked words "3: insists of")
  (test-open "story.html")
  (test-wait-marked words "1: insists of")

  (eglot-shutdown-all))
