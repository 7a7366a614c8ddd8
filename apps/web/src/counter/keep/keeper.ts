import type { Intake, IntakeOutcome, IntakePath, IntakeState, UploadedAttachment } from '#contracts';
import { ApiFailure, isUnreachable } from '../../api/http.js';
import { newKey } from '../../api/requests.js';
import { upload } from '../../api/upload.js';
import { beginIntake, readIntake, saveFields } from '../counterRequests.js';
import {
  answered,
  decided,
  learned,
  telling,
  toTell,
  unsavedCount,
  valueIn,
  written,
  type Kept,
} from './kept.rules.js';
import { isNoPicture, isRefused } from './refusal.js';
import {
  dropFile,
  dropIntake,
  heldFiles,
  heldIntake,
  keepFile,
  keepIntake,
  type HeldFile,
  type HeldIntake,
} from './shelf.js';

/** saved: the server has all of it · saving: it is being told · waiting: no network, everything is on the tablet · stuck: refused. */
export type Line = 'saved' | 'saving' | 'waiting' | 'stuck';

export interface Snapshot {
  /** Null until it is read, from the tablet or the server. */
  intake: HeldIntake | null;
  files: readonly HeldFile[];
  line: Line;
  state: IntakeState;
  /** Who began it; null: it has not reached the server yet. */
  startedBy: string | null;
  outcome: IntakeOutcome | null;
  photos: readonly UploadedAttachment[];
  failure: unknown;
}

const GATHER_MS = 350;
const AGAIN_MS = 2_500;
const LOOK_MS = 4_000;

/** One intake on this tablet: what is written goes to the shelf at once and to the server as soon as it can be reached. */
export class Keeper {
  private snapshot: Snapshot = {
    ...{ intake: null, files: [], line: 'saved', state: 'open', startedBy: null, outcome: null, photos: [] },
    failure: null,
  };
  private readonly listeners = new Set<() => void>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private looking: ReturnType<typeof setInterval> | undefined;
  private telling: Promise<void> | null = null;

  constructor(
    readonly id: string,
    private readonly writerId: string,
  ) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    if (this.listeners.size === 1) this.wake();
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size === 0) this.rest();
    };
  };
  readonly now = (): Snapshot => this.snapshot;

  /** Begins here; the server is told when it can be. */
  begin(intake: Omit<HeldIntake, 'kept' | 'begun'>, kept: Kept): Promise<void> {
    this.set({ intake: { ...intake, begun: false, kept } });
    this.soon(0);
    return this.shelve();
  }

  /** Reads what the tablet and the server have; the tablet's own comes first and needs no network. */
  async open(): Promise<void> {
    if (!this.snapshot.intake) {
      const [intake, files] = await Promise.all([
        heldIntake(this.writerId, this.id),
        heldFiles(this.writerId, this.id),
      ]);
      if (intake && !this.snapshot.intake) this.set({ intake, files });
    }
    if (this.snapshot.intake && !this.snapshot.intake.begun) return this.soon(0);
    await this.look();
  }

  write(path: IntakePath, value: unknown): void {
    const { intake } = this.snapshot;
    if (!intake || this.snapshot.state !== 'open') return;
    const kept = written(intake.kept, path, value);
    if (kept === intake.kept) return;
    this.keep(kept);
    this.soon(GATHER_MS);
  }

  value(path: IntakePath): unknown {
    const { intake } = this.snapshot;
    return intake ? valueIn(intake.kept, path) : undefined;
  }

  /** Which of two values it is, where two tablets wrote. */
  decide(path: IntakePath, whose: 'mine' | 'theirs'): void {
    const { intake } = this.snapshot;
    if (!intake) return;
    this.keep(decided(intake.kept, path, whose));
    this.soon(0);
  }

  /** A photo or a signature: on the shelf at once, its number in the field once it has one. */
  async addFile(path: IntakePath, blob: Blob, name: string): Promise<void> {
    const file: HeldFile = { id: newKey(), path, blob, name };
    this.set({ files: [...this.snapshot.files, file] });
    await keepFile(this.writerId, this.id, file);
    this.soon(0);
  }

  async removeFile(id: string): Promise<void> {
    this.set({ files: this.snapshot.files.filter((file) => file.id !== id) });
    await dropFile(this.writerId, this.id, id);
  }

  /** Tells the server everything it does not know yet. Resolves when nothing is left, or when it cannot be told now. */
  async tellAll(): Promise<void> {
    clearTimeout(this.timer);
    this.telling ??= this.tell().finally(() => (this.telling = null));
    await this.telling;
  }

  /** It has come to its end. */
  async over(outcome: IntakeOutcome | null, state: IntakeState): Promise<void> {
    this.rest();
    this.set({ outcome, state, line: 'saved' });
    await dropIntake(this.writerId, this.id);
  }

  get unsaved(): number {
    const { intake, files } = this.snapshot;
    return (intake ? unsavedCount(intake.kept) : 0) + files.length;
  }

  /** A refused picture lies here until it is taken away, and keeps nobody from hearing what others write. */
  private get isTold(): boolean {
    return this.unsaved === this.snapshot.files.filter(isRefused).length;
  }

  private async tell(): Promise<void> {
    try {
      while (this.snapshot.state === 'open' && (await this.tellSome()));
      this.set({ line: this.unsaved > 0 ? 'stuck' : 'saved', failure: null });
    } catch (error) {
      if (error instanceof ApiFailure && error.code === 'intake.over') return this.look();
      this.set({ line: isUnreachable(error) ? 'waiting' : 'stuck', failure: error });
      if (isUnreachable(error)) this.soon(AGAIN_MS);
      else if (!(error instanceof ApiFailure)) reportError(error);
    }
  }

  /** @returns whether there was something to tell */
  private async tellSome(): Promise<boolean> {
    const { intake } = this.snapshot;
    if (!intake) return false;
    if (!intake.begun) {
      this.set({ line: 'saving' });
      this.learn(await beginIntake({ id: intake.id, storeId: intake.storeId, kind: intake.kind }));
      return true;
    }
    const file = this.snapshot.files.find((one) => !isRefused(one));
    if (file) {
      this.set({ line: 'saving' });
      await this.send(file);
      return true;
    }
    const told = toTell(intake.kept);
    if (told.length === 0) return false;
    this.set({ line: 'saving' });
    this.keep(telling(intake.kept, told));
    const { results } = await saveFields(
      this.id,
      told.map(({ path, value, base }) => ({ path, value, base })),
    );
    const held = this.snapshot.intake;
    if (held) this.keep(answered(held.kept, told, results));
    return true;
  }

  /** Under the key it was taken with, however often: a picture whose answer was lost is not two. */
  private async send(file: HeldFile): Promise<void> {
    const sent = new File([file.blob], file.name, { type: file.blob.type });
    try {
      const path = `/intakes/${this.id}/photos`;
      this.took(file, await upload(sent, () => undefined, undefined, { path, key: file.id }));
    } catch (error) {
      if (!isNoPicture(error)) throw error;
      return this.refuse(file, error.code);
    }
    await this.removeFile(file.id);
  }

  private took(file: HeldFile, stored: UploadedAttachment): void {
    // Taken away while it was on its way: nobody asks for it any more.
    if (!this.snapshot.files.some(({ id }) => id === file.id)) return;
    const held = this.value(file.path);
    const ids = Array.isArray(held) ? (held as string[]) : [];
    if (file.path === 'sign.signatureId') this.write(file.path, stored.id);
    else if (!ids.includes(stored.id)) this.write(file.path, [...ids, stored.id]);
    if (!this.snapshot.photos.some(({ id }) => id === stored.id))
      this.set({ photos: [...this.snapshot.photos, stored] });
  }

  /** One that is no picture stays here to be taken away, and holds up nothing else. */
  private async refuse(file: HeldFile, code: string): Promise<void> {
    const refused = { ...file, refused: code };
    this.set({ files: this.snapshot.files.map((held) => (held.id === file.id ? refused : held)) });
    await keepFile(this.writerId, this.id, refused);
  }

  private async look(): Promise<void> {
    try {
      this.learn(await readIntake(this.id));
      if (this.isTold) this.set({ line: this.unsaved > 0 ? 'stuck' : 'saved', failure: null });
      else this.soon(0);
    } catch (error) {
      if (isUnreachable(error) && this.snapshot.intake) this.set({ line: 'waiting' });
      else this.set({ failure: error });
    }
  }

  private learn(answer: Intake): void {
    const fields = Object.fromEntries(answer.fields.map(({ path, value, version }) => [path, { value, version }]));
    const held = this.snapshot.intake;
    const kept = learned(held?.kept ?? { fields: {}, unsaved: {}, clashes: {}, turn: 0 }, fields);
    this.set({
      intake: {
        ...{ id: answer.id, kind: answer.kind, storeId: answer.store.id, storeName: answer.store.name },
        ...{ startedAt: answer.startedAt, whoName: held?.whoName ?? null, begun: true, kept },
      },
      ...{ state: answer.state, startedBy: answer.startedBy.displayName, outcome: answer.outcome },
      photos: answer.photos,
    });
    // Finished elsewhere while something was written here: that stays until somebody has seen it.
    if (answer.state !== 'open' && this.isTold) void this.over(answer.outcome, answer.state);
    else void this.shelve();
  }

  private keep(kept: Kept): void {
    const { intake } = this.snapshot;
    if (!intake || kept === intake.kept) return;
    this.set({ intake: { ...intake, kept } });
    void this.shelve();
  }

  private shelve(): Promise<void> {
    const { intake } = this.snapshot;
    return intake ? keepIntake(this.writerId, intake) : Promise.resolve();
  }

  private soon(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.tellAll(), ms);
  }

  private wake(): void {
    window.addEventListener('online', this.back);
    this.looking = setInterval(() => {
      if (document.visibilityState === 'visible' && !this.telling && this.isTold) void this.look();
    }, LOOK_MS);
    void this.open();
  }

  private rest(): void {
    window.removeEventListener('online', this.back);
    clearInterval(this.looking);
  }

  private readonly back = (): void => this.soon(0);

  private set(part: Partial<Snapshot>): void {
    this.snapshot = { ...this.snapshot, ...part };
    this.listeners.forEach((listener) => listener());
  }
}

const keepers = new Map<string, Keeper>();

/** The keeper of an intake, the same for every screen that shows it. */
export const keeperOf = (writerId: string, id: string): Keeper => {
  const key = `${writerId}/${id}`;
  const known = keepers.get(key) ?? new Keeper(id, writerId);
  keepers.set(key, known);
  return known;
};
