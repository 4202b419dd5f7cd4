// How the server is started. Nothing here needs the editor, so that the tests can use it.

import { isAbsolute, join } from "node:path";

/** The settings of the extension. */
export interface Settings {
  /** The program to start. */
  path: string;
  /** The configuration for all documents, or nothing for the closest one. */
  config: string;
  /** The language of messages, or nothing for the configuration's. */
  locale: string;
}

/** A program with its arguments. */
export interface Command {
  command: string;
  args: string[];
}

/**
 * The command that starts the server. A relative path with a separator, such as `./bin/pipelint`,
 * is relative to the folder; a bare name is looked up in `PATH`.
 */
export function serverCommand(settings: Settings, folder: string | undefined): Command {
  const path = settings.path.trim() || "pipelint";
  const isRelative = /[/\\]/.test(path) && !isAbsolute(path);
  const args = ["lsp"];
  if (settings.config) {
    args.push("--config", within(settings.config, folder));
  }
  if (settings.locale) {
    args.push("--locale", settings.locale);
  }
  return { command: isRelative ? within(path, folder) : path, args };
}

function within(path: string, folder: string | undefined): string {
  return isAbsolute(path) || folder === undefined ? path : join(folder, path);
}

/** The documents that are sent to the server. It shows nothing for JSON that is not a payload. */
export const DOCUMENTS = [
  { language: "json" },
  { language: "jsonc" },
  { language: "jsonl" },
  { pattern: "**/*.{ndjson,jsonl}" },
  { pattern: "**/pipelint.toml" },
];
