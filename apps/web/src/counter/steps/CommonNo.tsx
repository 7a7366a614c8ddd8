import type { IntakePath } from '#contracts';
import { useWordsFor } from '../../i18n/InLanguage.js';
import { useWords } from '../../i18n/Words.js';
import { useKeeper, useValues } from '../keep/useIntake.js';
import { useWho } from '../keep/useWho.js';
import pieces from '../pieces/Pieces.module.css';
import { commonNo, WHYS, type Why } from './commonNo.rules.js';

/** A "no" with one tap, in the language of whoever gets it. Every word of it can still be changed. */
export const CommonNo = ({ onNext }: { onNext: () => void }) => {
  const { t } = useWords();
  const keeper = useKeeper();
  const values = useValues();
  const theirs = useWordsFor(useWho().language);
  if (values['decide.clause'] || values['decide.plainWords']) return null;
  const say = (why: Why) => {
    if (!theirs) return;
    for (const [path, value] of Object.entries(commonNo(why, theirs, values))) keeper.write(path as IntakePath, value);
    onNext();
  };
  return (
    <div className={pieces.reasons} role="group" aria-label={t('decide.why')}>
      {WHYS.map((why) => (
        <button key={why} type="button" disabled={!theirs} onClick={() => say(why)}>
          {t(`decide.why.${why}`)}
        </button>
      ))}
    </div>
  );
};
