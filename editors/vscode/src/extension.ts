// The extension starts `pipelint lsp` and connects the editor to it.

import { commands, type ExtensionContext, Uri, window, workspace } from "vscode";
import { LanguageClient, type LanguageClientOptions, type ServerOptions } from "vscode-languageclient/node";
import { DOCUMENTS, serverCommand } from "./server.ts";

const INSTALLATION = "https://github.com/pipelint/pipelint#readme";

let client: LanguageClient | undefined;

/** Starts the server. */
export async function activate(context: ExtensionContext): Promise<void> {
  context.subscriptions.push(
    commands.registerCommand("pipelint.restart", restart),
    workspace.onDidChangeConfiguration(async (change) => {
      if (["path", "config", "locale"].some((name) => change.affectsConfiguration(`pipelint.${name}`))) {
        await restart();
      }
    }),
  );
  await start();
}

/** Stops the server. */
export async function deactivate(): Promise<void> {
  await client?.stop();
  client = undefined;
}

async function restart(): Promise<void> {
  await client?.dispose();
  client = undefined;
  await start();
}

async function start(): Promise<void> {
  const settings = workspace.getConfiguration("pipelint");
  const folder = workspace.workspaceFolders?.find((folder) => folder.uri.scheme === "file");
  const command = serverCommand(
    {
      path: settings.get("path", "pipelint"),
      config: settings.get("config", ""),
      locale: settings.get("locale", ""),
    },
    folder?.uri.fsPath,
  );
  const server: ServerOptions = {
    ...command,
    ...(folder && { options: { cwd: folder.uri.fsPath } }),
  };
  const options: LanguageClientOptions = { documentSelector: DOCUMENTS };
  client = new LanguageClient("pipelint", "pipelint", server, options);
  try {
    await client.start();
  } catch (error) {
    // A client that has not started cannot be stopped.
    client = undefined;
    const reason = error instanceof Error ? error.message : String(error);
    const install = "How to install it";
    // The user may never answer, so the activation does not wait for it.
    void window
      .showErrorMessage(
        `pipelint: cannot start \`${command.command}\`: ${reason}. Install it, or set \`pipelint.path\`.`,
        install,
      )
      .then(async (chosen) => {
        if (chosen === install) {
          await commands.executeCommand("vscode.open", Uri.parse(INSTALLATION));
        }
      });
  }
}
