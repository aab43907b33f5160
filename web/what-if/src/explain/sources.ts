// Where the records to compare with are found for a model that brings none of the reader's own.
import type { InputField } from "scorelet";
import { fetched } from "../fetched.ts";
import { galleryModelAt, sampleAt } from "../gallery.ts";
import { fileNameIn } from "../locate.ts";
import type { Session } from "../session.ts";
import { enough, readTable, type Background } from "./background.ts";

/** Kept with a model of the gallery, else the model's own check cases, else made from what the model says of its fields. */
export async function backgroundFor(session: Session): Promise<Background> {
  const sample = galleryModelAt(session.address)?.cases ? await fetched(sampleAt(session.address!)) : null;
  const rows = sample && readTable(sample, session.case.fields);
  if (rows) return { rows, from: "gallery", name: "" };
  const checks = session.opened.report?.records ?? 0;
  return { rows: [], from: checks >= enough ? "verification" : "description", name: "" };
}

/** The cases of a table that lies at an address; null if there are none. */
export async function backgroundAt(address: string, fields: readonly InputField[]): Promise<Background | null> {
  const bytes = await fetched(address);
  const rows = bytes && readTable(bytes, fields);
  return rows && { rows, from: "file", name: fileNameIn(address) };
}
