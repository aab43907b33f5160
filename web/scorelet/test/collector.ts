/** A collector that answers by a plan. */
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";

export interface Attribute { key: string; value: Record<string, unknown> }
export interface LogRecord { timeUnixNano: string; eventName: string; body?: { kvlistValue: unknown }; attributes: Attribute[] }
export interface Point { startTimeUnixNano: string; timeUnixNano: string; asInt?: string; asDouble?: number; attributes: Attribute[]; bucketCounts?: string[] }
export interface Metric { name: string; sum?: { dataPoints: Point[] }; gauge?: { dataPoints: Point[] }; histogram?: { dataPoints: Point[] } }
export interface Answer { status: number; headers?: Record<string, string>; body?: string }
export type Plan = (request: number, records: LogRecord[], path: string) => Answer | null;

export const idOf = (record: LogRecord): string => record.attributes.find(({ key }) => key === "scoring.prediction.id")!.value["stringValue"] as string;
const isJson = (text = ""): boolean => {
  try { return Boolean(JSON.parse(text)); } catch { return false; }
};
const taken: Plan = () => ({ status: 200, body: "{}" });

export class Collector {
  plan: Plan = taken;
  requests = 0;
  readonly arrived: LogRecord[] = [];
  readonly metrics: { resource: Attribute[]; list: Metric[] }[] = [];
  readonly bodies: string[] = [];
  readonly headers: IncomingHttpHeaders[] = [];
  readonly paths: string[] = [];
  #port = 0;
  readonly #server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const allowed = { "access-control-allow-origin": "*", "access-control-allow-headers": "authorization, content-type, content-encoding", "access-control-expose-headers": "retry-after" };
      if (request.method === "OPTIONS") return void response.writeHead(204, allowed).end();
      const sent = Buffer.concat(chunks);
      const body = (request.headers["content-encoding"] === "gzip" ? gunzipSync(sent) : sent).toString();
      const path = request.url ?? "";
      this.headers.push(request.headers);
      this.paths.push(path);
      this.bodies.push(body);
      const message = JSON.parse(body) as {
        resourceLogs?: { scopeLogs: { logRecords: LogRecord[] }[] }[];
        resourceMetrics?: { resource: { attributes: Attribute[] }; scopeMetrics: { metrics: Metric[] }[] }[];
      };
      const records = message.resourceLogs?.[0]?.scopeLogs[0]?.logRecords ?? [];
      const answer = this.plan(this.requests++, records, path);
      if (!answer) return void request.socket.destroy();
      if (answer.status === 200 && isJson(answer.body)) {
        this.arrived.push(...records);
        for (const { resource, scopeMetrics } of message.resourceMetrics ?? []) this.metrics.push({ resource: resource.attributes, list: scopeMetrics[0]!.metrics });
      }
      response.writeHead(answer.status, { ...allowed, ...answer.headers }).end(answer.body ?? "");
    });
  });

  get url(): string { return `http://127.0.0.1:${this.#port}`; }
  get ids(): string[] { return this.arrived.map(idOf); }
  /** A point of every window that arrived. */
  points(metric: string, field?: string): Point[] {
    return this.metrics.flatMap(({ list }) => list.filter(({ name }) => name === metric)
      .flatMap(({ sum, gauge, histogram }) => (sum ?? gauge ?? histogram)!.dataPoints)
      .filter(({ attributes }) => field === undefined || attributes.some(({ key, value }) => key === "scoring.field" && value["stringValue"] === field)));
  }

  /** At the same address as before, if there was one. */
  async begin(): Promise<this> {
    await new Promise<void>((listening) => { this.#server.listen(this.#port, "127.0.0.1", listening); });
    this.#port = (this.#server.address() as AddressInfo).port;
    return this;
  }
  async end(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((closed) => { this.#server.close(() => closed()); });
  }
}
