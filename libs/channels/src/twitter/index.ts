import { AccountStore, ConnectService, TokenRenewal, TwitterAccounts } from './accounts/index.js';
import { EncryptedChats, MentionIntake, MentionPoller, PublicReplies } from './mentions/index.js';
import { LateFiles, OwedFiles } from './files/index.js';
import { FoundMessages } from './polling/found-messages.js';
import { PageStore } from './polling/page.store.js';
import { WebhookBodies } from './webhook-bodies.js';
import { MediaUpload, PartSender, PartStore, SendSlots, Settling } from './sending/index.js';
import { TwitterChannel } from './twitter-channel.js';
import { TwitterClient } from './twitter-client.js';
import { TwitterIntake } from './twitter-intake.js';
import { TwitterMedia } from './twitter-media.js';
import { AccountPollers, TwitterPoller } from './twitter-poller.js';
import { TwitterWays } from './twitter-ways.js';
import { TwitterWebhook } from './twitter-webhook.js';
import { UnreadableEvents } from './unreadable-events.js';
import { WebhookCalls, WebhookKeeper, WebhookRegistry } from './webhooks/index.js';

export {
  AccountPollers,
  ConnectService,
  EncryptedChats,
  LateFiles,
  MentionPoller,
  SendSlots,
  TwitterAccounts,
  TwitterChannel,
  TwitterClient,
  TwitterMedia,
  TwitterPoller,
  TwitterWays,
  TwitterWebhook,
  WebhookBodies,
  WebhookKeeper,
  WebhookRegistry,
};

/** Everything the product is made of as far as X goes. */
export const TWITTER_PARTS = [
  AccountPollers,
  AccountStore,
  ConnectService,
  EncryptedChats,
  FoundMessages,
  LateFiles,
  MediaUpload,
  MentionIntake,
  MentionPoller,
  OwedFiles,
  PageStore,
  PartSender,
  PartStore,
  PublicReplies,
  SendSlots,
  Settling,
  TokenRenewal,
  TwitterAccounts,
  TwitterChannel,
  TwitterClient,
  TwitterIntake,
  TwitterMedia,
  TwitterPoller,
  TwitterWays,
  TwitterWebhook,
  UnreadableEvents,
  WebhookBodies,
  WebhookCalls,
  WebhookKeeper,
  WebhookRegistry,
];
