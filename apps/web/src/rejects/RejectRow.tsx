import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Download, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { REJECT_REASONS, type Language, type Reject } from '#contracts';
import { discardReject, rejectUrl, releaseReject } from '../api/requests.js';
import { Confirm } from '../app/Confirm.js';
import { failureText } from '../app/failureText.js';
import { useFileSize } from '../app/fileSize.js';
import { ChannelGlyph } from '../app/glyphs.js';
import { notify } from '../app/notices.js';
import { useLanguage, useWords } from '../i18n/Words.js';
import { moment, whole } from '../i18n/moments.js';
import { useDiscard } from './useDiscard.js';
import styles from './RejectsPage.module.css';

/** Why, in words; a reason of another version of ours stands as it is. */
const whyOf = (reason: string, language: Language): string =>
  Object.entries(REJECT_REASONS).find(([code]) => code === reason)?.[1][language] ?? reason;

/** Let in, put away, or neither: what can still be decided about it. */
const Deeds = ({ reject, sender }: { reject: Reject; sender: string }) => {
  const { t } = useWords();
  const { language } = useLanguage();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const refresh = () =>
    Promise.all(['rejects', 'health'].map((name) => client.invalidateQueries({ queryKey: [name] })));
  const { leaving, discard, undo } = useDiscard(async () => {
    try {
      await discardReject(reject.id);
    } catch (error) {
      notify(failureText(error, language, t).message);
    }
    await refresh();
  });
  if (leaving)
    return (
      <p className={styles.leaving} role="status">
        {t('quarantine.discarding')}{' '}
        <Button size="xs" leftSection={<Undo2 size={14} />} onClick={undo} autoFocus>
          {t('quarantine.undo')}
        </Button>
      </p>
    );
  return (
    <>
      {reject.releasable && reject.state !== 'released' ? (
        <Button size="xs" aria-label={t('quarantine.release_from', { sender })} onClick={() => setAsking(true)}>
          {t('quarantine.release')}
        </Button>
      ) : null}
      {reject.state === 'open' ? (
        <Button size="xs" variant="subtle" aria-label={t('quarantine.discard_from', { sender })} onClick={discard}>
          {t('quarantine.discard')}
        </Button>
      ) : null}
      {asking ? (
        <Confirm
          title={t('quarantine.release.title')}
          lead={t('quarantine.release.lead')}
          deed={t('quarantine.release')}
          onClose={() => setAsking(false)}
          run={async () => {
            await releaseReject(reject.id);
            notify(t('quarantine.released'));
            await refresh();
          }}
        />
      ) : null}
    </>
  );
};

/** One message that was kept back: from whom, why, what was decided and what can be. */
export const RejectRow = ({ reject, decides }: { reject: Reject; decides: boolean }) => {
  const { t, intl } = useWords();
  const { language } = useLanguage();
  const sizeText = useFileSize();
  const { state, decidedBy, decidedAt } = reject;
  const sender = reject.sender ?? t('rejects.unknown_sender');
  return (
    <tr>
      <td className={styles.when}>
        <time dateTime={reject.receivedAt} title={whole(intl, reject.receivedAt)}>
          {moment(intl, reject.receivedAt)}
        </time>
      </td>
      <td className={styles.what}>
        <span className={styles.from}>
          <ChannelGlyph channel={reject.channel} size={14} aria-label={t(`channel.${reject.channel}.name`)} />
          <b>{sender}</b>
        </span>
        {reject.subject ? (
          <span className={styles.subject} title={reject.subject}>
            {reject.subject}
          </span>
        ) : null}
        <small>{sizeText(reject.size)}</small>
      </td>
      <td className={styles.why}>
        {whyOf(reject.reason, language)} {reject.releasable || state !== 'open' ? null : t('quarantine.not_releasable')}
        <small>{[reject.detail, t('error.code', { code: reject.reason })].filter(Boolean).join(' · ')}</small>
        {state !== 'open' ? (
          <span className={styles.decided}>
            {t('quarantine.by', {
              state: t(`quarantine.state.${state}`),
              name: decidedBy?.displayName ?? t('app.name'),
              time: decidedAt ? moment(intl, decidedAt) : '',
            })}
          </span>
        ) : null}
      </td>
      <td className={styles.deed}>
        <div>
          {decides ? <Deeds reject={reject} sender={sender} /> : null}
          <a
            href={rejectUrl(reject.id)}
            download
            aria-label={t('rejects.download_from', { sender })}
            title={t('rejects.download')}
          >
            <Download size={14} aria-hidden /> <span>{t('rejects.download')}</span>
          </a>
        </div>
      </td>
    </tr>
  );
};
