import type { CaseDetail, InteractionEntry, NoteEntry } from '#contracts';
import { Letter } from './Letter.js';
import { Note } from './Note.js';
import { Report } from './Report.js';
import { Say } from './Say.js';

interface Props {
  entry: InteractionEntry | NoteEntry;
  detail: CaseDetail;
}

/** One entry in the shape of what it is: speech, letter, report or note. */
export const Entry = ({ entry, detail }: Props) => {
  if (entry.type === 'note') return <Note entry={entry} detail={detail} />;
  if (entry.channel === 'twitter') return <Say entry={entry} detail={detail} />;
  if (entry.channel === 'email') return <Letter entry={entry} detail={detail} />;
  return <Report entry={entry} detail={detail} />;
};
