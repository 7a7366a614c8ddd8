import { useBlocker } from '@tanstack/react-router';
import { useWords } from '../i18n/Words.js';
import { Confirm } from './Confirm.js';

/** Where somebody goes: its path, and what stands behind the question mark. */
export interface Way {
  pathname: string;
  search: object;
}

interface Props {
  /** Whether something here is not saved. */
  when: boolean;
  /** Whether it goes along there: another part of the same form. */
  stays: (next: Way, current: Way) => boolean;
}

/** Asks before what was changed and not saved is left behind, within the product or by closing it. */
export const LeaveGuard = ({ when, stays }: Props) => {
  const { t } = useWords();
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: ({ current, next }) => !stays(next, current),
    disabled: !when,
    withResolver: true,
  });
  if (status !== 'blocked') return null;
  return (
    <Confirm
      grave
      title={t('app.unsaved')}
      lead={t('app.unsaved.lead')}
      deed={t('app.unsaved.leave')}
      onClose={reset}
      run={() => Promise.resolve(proceed())}
    />
  );
};
