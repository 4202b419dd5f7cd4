// Runs the bundled extension, with a stand-in for the editor's own module, and the real server.

import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import Module, { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";

const ROOT = resolve(import.meta.dirname, "..");
const suffix = process.platform === "win32" ? ".exe" : "";
const PROGRAM = process.env.PIPELINT ?? resolve(ROOT, "../../target/debug", `pipelint${suffix}`);

const disposable = { dispose() {} };

/** A part of the editor that is not looked at: it can be called, and has every member. */
function anything() {
  return new Proxy(() => disposable, {
    get: (target, name) => (name in target || typeof name === "symbol" || name === "then" ? target[name] : anything()),
  });
}

/** An object of which only some members matter. */
function withDefaults(members) {
  return new Proxy(members, { get: (target, name) => (name in target ? target[name] : anything()) });
}

/** A class that the client extends or makes. */
function someClass() {
  return class {
    event = () => disposable;
    token = { isCancellationRequested: false, onCancellationRequested: () => disposable };
    cancel() {}
    fire() {}
    dispose() {}
    static {
      // Kinds of code actions are made from shorter ones.
      this.Empty = { value: "", append: (value) => kind(value) };
    }
  };
}

function kind(value) {
  return { value, append: (more) => kind(`${value}.${more}`) };
}

class Uri {
  constructor(text) {
    this.scheme = text.split(":")[0];
    this.text = text;
  }
  static parse = (text) => new Uri(text);
  static file = (path) => new Uri(pathToFileURL(path).href);
  toString = () => this.text;
}

let folder;
let program = PROGRAM;
let document;
const errors = [];
const commands = new Map();
const opened = [];
let diagnostics;
const published = new Promise((done) => {
  diagnostics = done;
});

const editor = {
  version: "1.91.0",
  Uri,
  env: { appName: "test", language: "en" },
  commands: withDefaults({
    registerCommand(name, run) {
      commands.set(name, run);
      return disposable;
    },
  }),
  languages: withDefaults({
    match: () => 10,
    createDiagnosticCollection: () => withDefaults({ set: (uri, list) => diagnostics([uri, list]) }),
  }),
  window: withDefaults({
    visibleTextEditors: [],
    tabGroups: { all: [], onDidChangeTabs: () => disposable },
    activeTextEditor: undefined,
    createOutputChannel: () => anything(),
    async showErrorMessage(message) {
      errors.push(message);
    },
  }),
  workspace: withDefaults({
    textDocuments: [],
    notebookDocuments: [],
    getConfiguration: () => ({ get: (name, standard) => (name === "path" ? program : standard) }),
    onDidOpenTextDocument(listener) {
      opened.push(listener);
      return disposable;
    },
  }),
};

const vscode = new Proxy(editor, {
  get: (target, name) => {
    if (!(name in target)) {
      target[name] = someClass();
    }
    return target[name];
  },
});

const require = createRequire(import.meta.url);
const load = Module._load;

before(() => {
  assert.ok(existsSync(PROGRAM), `build ${PROGRAM} first, or name another program in PIPELINT`);
  folder = mkdtempSync(join(tmpdir(), "pipelint-"));
  const uri = Object.assign(new Uri(pathToFileURL(folder).href), { fsPath: folder });
  editor.workspace.workspaceFolders = [{ uri, name: "test", index: 0 }];
  document = {
    uri: new Uri(pathToFileURL(join(folder, "deal.json")).href),
    languageId: "json",
    version: 1,
    getText: () => '{ "name": "Acme", "stage": "x", "probability": 120 }',
  };
  editor.workspace.textDocuments = [document];
  Module._load = (name, ...more) => (name === "vscode" ? vscode : load(name, ...more));
});

after(() => {
  Module._load = load;
  rmSync(folder, { recursive: true });
});

test("the extension starts the server, which checks the open document", async () => {
  const extension = require("../dist/extension.js");
  await extension.activate({ subscriptions: [] });
  assert.deepEqual(errors, []);
  const [uri, list] = await published;
  assert.equal(uri.toString(), document.uri.toString());
  assert.equal(list.length, 1);
  await commands.get("pipelint.restart")();
  assert.deepEqual(errors, []);
  await extension.deactivate();
});

test("a program that cannot be started is named, and another one can be set", async () => {
  const extension = require("../dist/extension.js");
  program = join(folder, "none");
  await extension.activate({ subscriptions: [] });
  assert.match(errors.at(-1), /cannot start `.*none`.*set `pipelint\.path`/);
  await extension.deactivate();
  const before = errors.length;
  program = PROGRAM;
  await commands.get("pipelint.restart")();
  assert.equal(errors.length, before);
  await extension.deactivate();
});
