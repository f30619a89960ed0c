import type {
  ClientCapabilities,
  Connection,
  DidOpenTextDocumentParams,
  FileEvent,
  InitializeParams,
  InitializeResult,
  TextDocumentIdentifier,
  WorkspaceFoldersChangeEvent,
} from "vscode-languageserver";
import { URI } from "vscode-uri";
import manifest from "../../package.json" with { type: "json" };
import { InstalledMetadata } from "../environments/metadata.ts";
import { useLanguage } from "../host/language.ts";
import type { Workspace } from "../host/workspace.ts";
import { IndexVersions } from "../pins/index-versions.ts";
import { Diagnostics } from "./diagnostics.ts";
import { Documents } from "./documents.ts";
import { fetchFolder } from "./fetch-folder.ts";
import { folderSettings } from "./folder-settings.ts";
import { type FolderEvents, Folders } from "./folders.ts";
import { notebookDocumentSync } from "./notebooks.ts";
import { Overview } from "./overview.ts";
import type { FetchedFiles, Platform } from "./platform.ts";
import { registerRename } from "./rename.ts";
import { answerRequests, capabilities } from "./requests.ts";
import { registerRequirementsFeatures } from "./requirements-features.ts";
import { editorOf, plainEditor, type Session } from "./session.ts";
import { Status } from "./status.ts";
import { Watchers } from "./watchers.ts";

/** Wires one connection: looks up, calls the core, converts. */
export function serve(connection: Connection, platform: Platform): void {
  platform.files?.connect(connection);
  let client: ClientCapabilities = {};
  let workspaceUris: string[] = [];
  const status = new Status(connection, platform.places);
  const events: FolderEvents = {
    onChange: (workspace) => changed(workspace),
    onLoose: (workspace) => void folders.during(() => takeUp(workspace)),
    onBusy: (busy) => status.setBusy(busy),
    onProblem: (message) => connection.console.warn(message),
    startProgress: async (title) => {
      if (!client.window?.workDoneProgress) return undefined;
      const progress = await connection.window.createWorkDoneProgress();
      progress.begin(title, undefined, undefined, true);
      return {
        report: (message) => progress.report(message),
        done: () => progress.done(),
        get isCancelled() {
          return progress.token.isCancellationRequested;
        },
      };
    },
  };
  const folders = new Folders(events, platform.places);
  const documents = new Documents(folders);
  const diagnostics = new Diagnostics(folders, documents);
  const overview = new Overview(connection, folders, diagnostics);
  const watchers = new Watchers(connection);
  const session: Session = {
    connection,
    folders,
    documents,
    diagnostics,
    metadata: new InstalledMetadata(),
    index: new IndexVersions(),
    platform,
    editor: plainEditor,
  };

  const pushes = () => client.textDocument?.diagnostic === undefined;

  /** A client that does not pull is told of what changed in its open documents. */
  function push(): void {
    if (!pushes()) return;
    for (const { uri, file } of documents.views()) {
      const items = diagnostics.resultOf(file).items.get(uri) ?? [];
      void connection.sendDiagnostics({
        uri,
        diagnostics: [...items],
        ...("cells" in file ? {} : { version: file.version }),
      });
    }
  }

  /** A document or file is another one now. */
  function afterChange(): void {
    watchers.follow(folders.workspaces);
    push();
  }

  function changed(workspace: Workspace): void {
    placeAgain();
    diagnostics.forget(workspace);
    watchers.follow(folders.workspaces);
    status.show(folders.workspaces);
    pullAgain();
  }

  connection.onInitialize(async (params): Promise<InitializeResult> => {
    client = params.capabilities;
    useLanguage(params.locale);
    diagnostics.docs = docsOf(params);
    session.editor = editorOf(params);
    const storage: unknown = params.initializationOptions?.storage;
    if (typeof storage === "string") folders.storage = storage;
    const uris = params.workspaceFolders?.map((folder) => folder.uri) ?? (params.rootUri ? [params.rootUri] : []);
    workspaceUris = uris.filter((uri) => folders.pathOf(uri) !== undefined);
    await platform.loadGrammars();
    // Before any document can be opened, so that none of them counts as outside of its folder.
    for (const uri of workspaceUris) folders.declare(uri);
    return {
      serverInfo: { name: manifest.displayName, version: manifest.version },
      capabilities: capabilities(client, notebookDocumentSync(schemesOf(workspaceUris))),
    };
  });

  async function addFolder(uri: string): Promise<void> {
    const root = folders.pathOf(uri);
    if (root === undefined) return;
    const workspace = folders.declare(uri);
    if (platform.files) await fetchFolder(platform.files, root, events);
    await takeUp(workspace);
  }

  /** Asks what the editor says of a folder, and looks at it. */
  async function takeUp(workspace: Workspace): Promise<void> {
    const settings = await folderSettings(connection, client, folders.uriOf(workspace, ""));
    folders.reload(workspace, settings);
  }

  /** The folders or their settings are others: what is open goes where it belongs now. */
  function placeAgain(): void {
    for (const textDocument of documents.misplaced()) {
      closed(textDocument);
      opened({ textDocument });
    }
    documents.notebooks.placeAgain();
    release();
  }

  function opened(params: DidOpenTextDocumentParams): void {
    const document = documents.open(params);
    if (document)
      diagnostics.around(document, () => document.workspace.open(document.path, document.language, document.text));
    else diagnostics.wake();
  }

  function closed(textDocument: TextDocumentIdentifier): void {
    const document = documents.close({ textDocument });
    if (!document) {
      diagnostics.wake();
      return;
    }
    diagnostics.around(document, () => document.workspace.close(document.path));
    if (pushes()) void connection.sendDiagnostics({ uri: document.uri, diagnostics: [] });
  }

  function release(): void {
    for (const workspace of folders.release((each) => documents.hasAnyOf(each))) diagnostics.forget(workspace);
  }

  /** The schemes of the folders' URIs under which files can be had. */
  function schemesOf(uris: readonly string[]): readonly string[] {
    const found = uris.map((uri) => URI.parse(uri).scheme);
    return found.length > 0 ? [...new Set(found)] : ["file"];
  }

  connection.onInitialized(() =>
    folders.during(async () => {
      await watchers.register(client);
      await registerRequirementsFeatures(connection, client);
      await registerRename(connection, client);
      if (client.workspace?.workspaceFolders) {
        connection.workspace.onDidChangeWorkspaceFolders(changeFolders);
      }
      for (const uri of workspaceUris) await addFolder(uri);
    }),
  );

  /** At once, so that what is opened next belongs to the right folder; then the new ones are read. */
  function changeFolders({ added, removed }: WorkspaceFoldersChangeEvent): Promise<void> {
    const gone = removed.flatMap(({ uri }) => folders.remove(uri) ?? []);
    const here = added.filter(({ uri }) => folders.pathOf(uri) !== undefined);
    for (const { uri } of here) folders.declare(uri);
    placeAgain();
    for (const workspace of gone) changed(workspace);
    return folders.during(async () => {
      for (const { uri } of here) await addFolder(uri);
    });
  }

  connection.onDidChangeConfiguration(() =>
    folders.during(async () => {
      for (const workspace of folders.workspaces) {
        await takeUp(workspace);
        changed(workspace);
      }
    }),
  );

  connection.onDidOpenTextDocument((params) => {
    opened(params);
    afterChange();
  });

  connection.onDidChangeTextDocument((params) => {
    const document = documents.get(params.textDocument.uri);
    if (!document) documents.change(params);
    else
      diagnostics.around(document, () => {
        documents.change(params);
        document.workspace.open(document.path, document.language, document.text);
      });
    placeAgain();
    afterChange();
  });

  connection.onDidCloseTextDocument(({ textDocument }) => {
    closed(textDocument);
    release();
  });

  /** One cell decides what is said of another: a client that pulls asks only for the one that changed. */
  function pullAgain(): void {
    if (client.workspace?.diagnostics?.refreshSupport) connection.languages.diagnostics.refresh();
    afterChange();
  }

  documents.notebooks.listen(connection, {
    changed(notebook) {
      const { workspace, path, language, text } = notebook;
      diagnostics.around(notebook, () => workspace.open(path, language, text));
      pullAgain();
    },
    closed(notebook) {
      diagnostics.around(notebook, () => notebook.workspace.close(notebook.path));
      for (const { uri } of pushes() ? notebook.cells : []) void connection.sendDiagnostics({ uri, diagnostics: [] });
      release();
      pullAgain();
    },
  });

  connection.onDidChangeWatchedFiles(({ changes }) => {
    const { files } = platform;
    if (!files) takeIn(changes);
    else void folders.during(() => fetchAgain(files, changes).then(() => takeIn(changes)));
  });

  function takeIn(changes: readonly FileEvent[]): void {
    const stale = new Set<Workspace>();
    for (const place of changes.flatMap(({ uri }) => folders.placesOf(uri))) {
      if (/(^|\/)((pyproject|groundwork)\.toml|groundwork-baseline\.json|\.gitignore)$/.test(place.path))
        stale.add(place.workspace);
      else diagnostics.around(place, () => place.workspace.refresh(place.path));
    }
    for (const workspace of stale) {
      folders.reload(workspace);
      changed(workspace);
    }
    afterChange();
  }

  /** What a folder leaves out may be another choice of files: then all of them are fetched. */
  async function fetchAgain(files: FetchedFiles, changes: readonly FileEvent[]): Promise<void> {
    const places = changes.flatMap(({ uri }) => folders.placesOf(uri));
    for (const { root } of new Set(places.map(({ workspace }) => workspace))) {
      const paths = places.filter(({ workspace }) => workspace.root === root).map(({ path }) => path);
      if (paths.some((path) => /(^|\/)((pyproject|groundwork)\.toml|\.gitignore)$/.test(path)))
        await fetchFolder(files, root, events);
      else await files.fetchFiles(root, paths);
    }
  }

  answerRequests(session, overview);
  connection.onShutdown(() => {
    overview.stop();
    folders.stop();
  });
  connection.listen();
}

/** Where the client keeps the rules' pages (`initializationOptions.docs`, a URI), for links at the findings. */
function docsOf({ initializationOptions }: InitializeParams): string | undefined {
  const docs: unknown = initializationOptions?.docs;
  return typeof docs === "string" ? docs : undefined;
}
