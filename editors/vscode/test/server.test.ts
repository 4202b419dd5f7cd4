// A session with the real server, started as the extension starts it, and the extension's manifest.

import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import {
  CodeActionRequest,
  CompletionRequest,
  createProtocolConnection,
  DidOpenTextDocumentNotification,
  ExitNotification,
  HoverRequest,
  InitializedNotification,
  InitializeRequest,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  type PublishDiagnosticsParams,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node";
import { serverCommand } from "../src/server.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const suffix = process.platform === "win32" ? ".exe" : "";
const PROGRAM = process.env["PIPELINT"] ?? resolve(ROOT, "../../target/debug", `pipelint${suffix}`);

const DEAL = '{\n  "name": "Acme",\n  "estimated_value": 5,\n  "currency": "eur",\n  "status": ""\n}\n';

let folder: string;
let child: ChildProcess;
let connection: ProtocolConnection;

before(() => {
  assert.ok(existsSync(PROGRAM), `build ${PROGRAM} first, or name another program in PIPELINT`);
  folder = mkdtempSync(join(tmpdir(), "pipelint-"));
});

after(() => {
  rmSync(folder, { recursive: true });
});

function uri(name: string): string {
  return pathToFileURL(join(folder, name)).href;
}

test("a deal is checked, explained, completed and fixed", async () => {
  writeFileSync(join(folder, "own.toml"), '[rules]\n"schema/enum" = "warning"\n');
  const { command, args } = serverCommand({ path: PROGRAM, config: "own.toml", locale: "de" }, folder);
  child = spawn(command, args, { cwd: folder, stdio: ["pipe", "pipe", "inherit"] });
  assert.ok(child.stdin && child.stdout);
  connection = createProtocolConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
  const published = new Promise<PublishDiagnosticsParams>((done) => {
    connection.onNotification(PublishDiagnosticsNotification.type, done);
  });
  connection.listen();

  const { capabilities } = await connection.sendRequest(InitializeRequest.type, {
    processId: process.pid,
    rootUri: pathToFileURL(folder).href,
    capabilities: {},
  });
  assert.equal(capabilities.positionEncoding, "utf-16");
  await connection.sendNotification(InitializedNotification.type, {});
  const document = { uri: uri("deal.json"), languageId: "json", version: 1, text: DEAL };
  await connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument: document });

  const { diagnostics } = await published;
  assert.deepEqual(
    diagnostics.map((one) => [one.code, one.severity]),
    [
      ["currency/wrong-case", 1],
      ["schema/enum", 2],
    ],
  );
  const currency = diagnostics[0];
  assert.ok(currency);
  assert.match(currency.message as string, /Großbuchstaben/);

  const textDocument = { uri: document.uri };
  const hover = await connection.sendRequest(HoverRequest.type, { textDocument, position: { line: 3, character: 6 } });
  assert.match(JSON.stringify(hover), /ISO 4217/);
  const position = { line: 4, character: 13 };
  const items = await connection.sendRequest(CompletionRequest.type, { textDocument, position });
  assert.ok(Array.isArray(items));
  assert.deepEqual(
    items.map((item) => item.label),
    ["active", "won", "lost"],
  );
  const context = { diagnostics: [currency], only: ["quickfix"] };
  const actions = await connection.sendRequest(CodeActionRequest.type, { textDocument, range: currency.range, context });
  const action = actions?.[0];
  assert.ok(action && "edit" in action);
  assert.deepEqual(action.edit?.changes?.[document.uri], [{ range: currency.range, newText: '"EUR"' }]);

  await connection.sendRequest(ShutdownRequest.type);
  const exit = new Promise((done) => child.once("exit", done));
  await connection.sendNotification(ExitNotification.type);
  assert.equal(await exit, 0);
  connection.dispose();
});

test("a relative path is relative to the folder, and a name is looked up", () => {
  const command = (path: string, folder?: string) => serverCommand({ path, config: "", locale: "" }, folder).command;
  assert.equal(command("pipelint", "/crm"), "pipelint");
  assert.equal(command(" ", "/crm"), "pipelint");
  assert.equal(command("./bin/pipelint", resolve("/crm")), resolve("/crm/bin/pipelint"));
  assert.equal(command(resolve("/bin/pipelint"), resolve("/crm")), resolve("/bin/pipelint"));
  assert.equal(command("bin/pipelint"), "bin/pipelint");
});

test("arguments are given only for settings that are set", () => {
  const args = (config: string, locale: string) => serverCommand({ path: "p", config, locale }, resolve("/crm")).args;
  assert.deepEqual(args("", ""), ["lsp"]);
  assert.deepEqual(args("crm.toml", "de"), ["lsp", "--config", resolve("/crm/crm.toml"), "--locale", "de"]);
});

test("the manifest and the README name the same settings, and the code asks for no others", () => {
  const manifest = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  const settings = Object.keys(manifest.contributes.configuration.properties).sort();
  const readme = readFileSync(join(ROOT, "README.md"), "utf8");
  const named = [...readme.matchAll(/^\| `(pipelint\.[a-z.]+)`/gm)].map((match) => match[1]).sort();
  assert.deepEqual(named, settings);
  const code = readFileSync(join(ROOT, "src/extension.ts"), "utf8");
  const asked = [...code.matchAll(/settings\.get\("([a-z]+)"/g)].map((match) => `pipelint.${match[1]}`);
  assert.equal(asked.length, 3);
  for (const setting of asked) {
    assert.ok(settings.includes(setting), setting);
  }
  assert.ok(existsSync(join(ROOT, manifest.main)), "the bundle is there");
});
