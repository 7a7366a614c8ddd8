import { Menu } from '@mantine/core';
import { BadgeCheck, Ellipsis, Eye, KeyRound, User, UserX, Users } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import type { CaseDetail, ContactPointDetail } from '#contracts';
import { ApiFailure } from '../api/http.js';
import { failureText } from '../app/failureText.js';
import { notify } from '../app/notices.js';
import { useMay } from '../app/session.js';
import { useLanguage, useWords } from '../i18n/Words.js';
import { changePoint, revealPoint } from './identityRequests.js';
import { useIdentityDeed } from './useIdentityDeed.js';
import styles from './ContactPoints.module.css';

const EndPoint = lazy(() => import('./EndPoint.js'));
const SharePoint = lazy(() => import('./SharePoint.js'));
const ProofDialog = lazy(() => import('./ProofDialog.js'));

interface Props {
  point: ContactPointDetail;
  /** As it reads on the screen. */
  name: string;
  detail: CaseDetail;
  /** Takes the whole of what is masked; null: there is nothing more to show. */
  onRevealed: ((value: string) => void) | null;
}

type Opened = 'end' | 'share' | 'proof' | null;

/** What can be done with one thing that identifies somebody. */
export const PointMenu = ({ point, name, detail, onRevealed }: Props) => {
  const { t } = useWords();
  const may = useMay();
  const [opened, setOpened] = useState<Opened>(null);
  const [asked, setAsked] = useState<string | null>(null);
  const { language } = useLanguage();
  const { refresh } = useIdentityDeed(detail.id, detail.customer.id);
  if (!may('contact.manage')) return null;
  /** What is refused for want of a proof leads to how it is given. */
  const orProve = async <T,>(why: string, deed: () => Promise<T>): Promise<T | null> => {
    try {
      return await deed();
    } catch (error) {
      if (!(error instanceof ApiFailure && error.code === 'proof.required'))
        notify(failureText(error, language, t).message);
      else {
        setAsked(why);
        setOpened('proof');
      }
      return null;
    } finally {
      await refresh();
    }
  };
  const verify = async () => {
    const done = await orProve(t('point.verify.needs', { name }), () =>
      changePoint(detail.customer.id, point.id, { verified: true }),
    );
    if (done) notify(t('point.verify.done', { name }));
  };
  const reveal = async () => {
    const shown = await orProve(t('point.reveal.needs', { kind: t(`point.kind.${point.kind}`) }), () =>
      revealPoint(detail.customer.id, point.id),
    );
    if (shown) onRevealed?.(shown.display);
  };
  const reachable = (point.kind === 'email' || point.kind === 'twitter') && !point.shared;
  const close = () => setOpened(null);
  return (
    <>
      <Menu position="bottom-end" width={250}>
        <Menu.Target>
          <button type="button" className={styles.menu} aria-label={t('point.menu', { name })}>
            <Ellipsis size={16} />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          {onRevealed ? (
            <Menu.Item leftSection={<Eye size={16} />} onClick={() => void reveal()}>
              {t('point.reveal')}
            </Menu.Item>
          ) : null}
          {reachable ? (
            <Menu.Item
              leftSection={<KeyRound size={16} />}
              onClick={() => {
                setAsked(null);
                setOpened('proof');
              }}
            >
              {t('point.code')}
            </Menu.Item>
          ) : null}
          {point.shared ? null : (
            <Menu.Item leftSection={<BadgeCheck size={16} />} onClick={() => void verify()}>
              {t('point.verify')}
            </Menu.Item>
          )}
          {point.kind === 'email' || point.kind === 'phone' ? (
            <Menu.Item
              leftSection={point.shared ? <User size={16} /> : <Users size={16} />}
              onClick={() => setOpened('share')}
            >
              {t(point.shared ? 'point.unshare' : 'point.share')}
            </Menu.Item>
          ) : null}
          <Menu.Divider />
          <Menu.Item leftSection={<UserX size={16} />} onClick={() => setOpened('end')}>
            {t('point.end')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Suspense>
        {opened === 'end' ? <EndPoint point={point} name={name} detail={detail} onClose={close} /> : null}
        {opened === 'share' ? <SharePoint point={point} name={name} detail={detail} onClose={close} /> : null}
        {opened === 'proof' ? (
          <ProofDialog detail={detail} why={asked} contactPointId={reachable ? point.id : null} onClose={close} />
        ) : null}
      </Suspense>
    </>
  );
};
