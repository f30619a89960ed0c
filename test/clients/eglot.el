;;; eglot.el --- Emacs's Eglot with the server, as docs/language-server.md configures it  -*- lexical-binding: t -*-
;; Run in batch by clients.test.ts; writes what happened as JSON to $GROUNDWORK_RESULT.
(require 'package)
(package-initialize)
(require 'eglot)
(require 'flymake)
(require 'json)

(define-derived-mode requirements-mode prog-mode "Requirements")
(add-to-list 'auto-mode-alist '("requirements.*\\.txt\\'" . requirements-mode))
(add-to-list 'eglot-server-programs
             `((python-mode requirements-mode) . (,(getenv "GROUNDWORK_NODE") ,(getenv "GROUNDWORK_SERVER") "--stdio")))
(setq eglot-sync-connect 30 eglot-confirm-server-initiated-edits nil)

;; Nobody is there to answer: an edit of a file that is not open is asked for.
(fset 'y-or-n-p (lambda (&rest _) t))

(defvar result nil)
(defun tell (key value) (push (cons key value) result))
(defun finish (code)
  (with-temp-file (getenv "GROUNDWORK_RESULT") (insert (json-encode result)))
  (kill-emacs code))
(defun wait-for (what condition)
  (let ((tries 0))
    (while (not (funcall condition))
      (setq tries (1+ tries))
      (when (> tries 1200) (tell 'error what) (finish 1))
      ;; In batch Emacs is never idle, and tells of changes only when it is.
      (eglot--signal-textDocument/didChange)
      (accept-process-output nil 0.05))))
(defun findings () (flymake-diagnostics))

(find-file "requirements.txt")
(setq default-directory (file-name-directory buffer-file-name))
(apply #'eglot (eglot--guess-contact))
(flymake-mode 1)
(wait-for "no findings" (lambda () (flymake-start) (findings)))
(tell 'messages (vconcat (mapcar #'flymake-diagnostic-text (findings))))

;; A code action, applied by the client.
(let ((actions (jsonrpc-request (eglot-current-server) :textDocument/codeAction
                                (list :textDocument (eglot--TextDocumentIdentifier)
                                      :range (list :start (list :line 0 :character 0) :end (list :line 2 :character 0))
                                      :context '(:diagnostics [] :only ["source.fixAll.groundwork"])))))
  (mapc (lambda (action) (when (plist-get action :edit) (eglot--apply-workspace-edit (plist-get action :edit)))) actions))
(tell 'sorted (buffer-string))
(wait-for "findings stay" (lambda () (flymake-start) (not (findings))))

;; What is typed is heard.
(goto-char (point-min))
(insert "scipy\n")
(wait-for "typing is not heard" (lambda () (flymake-start) (findings)))

;; A command whose edit the server asks the client to make.
(eglot-execute-command (eglot-current-server) 'groundwork.server.markStage
                       (vector (eglot--path-to-uri (expand-file-name "lab")) "experimental"))
(wait-for "the stage is not written"
          (lambda () (let ((buffer (get-file-buffer "pyproject.toml")))
                       (and buffer (with-current-buffer buffer (string-match-p "lab/\\*\\*" (buffer-string)))))))
(tell 'marked t)
(eglot-shutdown (eglot-current-server))
(finish 0)
