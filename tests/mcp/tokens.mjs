// Each tool's whole definition is at most 300 tokens, counted by the vocabulary of GPT-4o and by that of GPT-4.
//
// tokens.mjs BINARY INDEX

import { spawnSync } from "node:child_process";
import { encode as o200k } from "gpt-tokenizer/encoding/o200k_base";
import { encode as cl100k } from "gpt-tokenizer/encoding/cl100k_base";

const MOST = 300;
const [binary, index] = process.argv.slice(2);
let passed = 0;
let failed = 0;
for (const lang of ["zh", "en"]) {
  const messages = [
    { jsonrpc: "2.0", id: 1, method: "initialize", params: { protocolVersion: "2025-11-25", capabilities: {}, clientInfo: { name: "tests", version: "1" } } },
    { jsonrpc: "2.0", method: "notifications/initialized" },
    { jsonrpc: "2.0", id: 2, method: "tools/list" },
  ];
  const input = messages.map((message) => JSON.stringify(message) + "\n").join("");
  const { stdout } = spawnSync(binary, ["--index", index, "--lang", lang, "mcp"], { input, encoding: "utf8" });
  const answers = stdout.trim().split("\n").map((line) => JSON.parse(line));
  for (const tool of answers.find((answer) => answer.id === 2).result.tools) {
    const text = JSON.stringify(tool);
    const [newer, older] = [o200k(text).length, cl100k(text).length];
    if (newer <= MOST) passed += 1;
    else failed += 1;
    console.log(`${newer <= MOST ? "" : "FAILED "}${lang} ${tool.name}: ${newer} tokens (o200k), ${older} (cl100k)`);
  }
}
console.log(`tokens: ${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
