import type { Report } from './report.js';
import type { BenchServer } from './server.js';

/** What the command line asks for; every bench has its own idea of a size. */
export interface BenchOptions {
  size: number | undefined;
  rounds: number;
  explain: boolean;
  /** Where the twins leave their CPU profiles. */
  profileFolder: string | undefined;
}

export interface BenchContext {
  server: BenchServer;
  options: BenchOptions;
  /** Says what is going on; not part of the result. */
  say: (line: string) => void;
}

export type Bench = (context: BenchContext) => Promise<Report[]>;
