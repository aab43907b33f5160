// Models in the workbook itself: custom XML parts, which are saved, copied and mailed with it.
import type { Store } from "../models/library.ts";
import { Damaged, documentOf, namespace, pieceOf, piecesOf, type Piece, type StoredModel } from "../models/part.ts";
import { w } from "../texts/texts.ts";

const storedIn = ({ name, sha256, size }: Piece): StoredModel => ({ name, sha256, size });

export class WorkbookStore implements Store {
  /** As last read, until a model is opened. */
  #pieces = new Map<string, Piece[]>();

  async list(): Promise<readonly StoredModel[]> {
    const pieces = await this.#read();
    this.#pieces = new Map();
    for (const { piece } of pieces) this.#pieces.set(piece.sha256, [...(this.#pieces.get(piece.sha256) ?? []), piece]);
    return [...this.#pieces.values()].map((pieces) => storedIn(pieces[0]!));
  }

  async read(sha256: string): Promise<Uint8Array<ArrayBuffer>> {
    if (!this.#pieces.has(sha256)) await this.list();
    const pieces = this.#pieces.get(sha256);
    if (!pieces) throw new Damaged(w.models.damaged(sha256.slice(0, 8)));
    return documentOf(pieces);
  }

  async add(model: StoredModel, document: Uint8Array<ArrayBuffer>): Promise<void> {
    const texts = await piecesOf(model, document);
    await Excel.run(async (context) => {
      for (const xml of texts) {
        context.workbook.customXmlParts.add(xml);
        await context.sync(); // a message each
      }
    });
    this.#pieces.set(model.sha256, texts.map((xml) => pieceOf(xml)!));
  }

  async remove(sha256: string): Promise<void> {
    const pieces = await this.#read();
    await Excel.run(async (context) => {
      for (const { id, piece } of pieces) if (piece.sha256 === sha256) context.workbook.customXmlParts.getItem(id).delete();
      await context.sync();
    });
    this.#pieces.delete(sha256);
  }

  async #read(): Promise<{ id: string; piece: Piece }[]> {
    return Excel.run(async (context) => {
      const parts = context.workbook.customXmlParts.getByNamespace(namespace);
      parts.load("items/id");
      await context.sync();
      const found: { id: string; piece: Piece }[] = [];
      for (const part of parts.items) {
        const xml = part.getXml();
        await context.sync(); // a message each
        const piece = pieceOf(xml.value);
        if (piece) found.push({ id: part.id, piece });
      }
      return found;
    });
  }
}
