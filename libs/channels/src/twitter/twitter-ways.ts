import { Injectable } from '@nestjs/common';
import type { Lease, OutboundChannel, OutgoingMessage, SendOutcome } from '../channel.js';
import { PublicReplies } from './mentions/index.js';
import { TwitterChannel } from './twitter-channel.js';

/** Both ways out on X: to one person alone, or in public in answer to a public post. */
@Injectable()
export class TwitterWays implements OutboundChannel {
  readonly channel = 'twitter';
  readonly settles = true;

  constructor(
    private readonly messages: TwitterChannel,
    private readonly replies: PublicReplies,
  ) {}

  send(message: OutgoingMessage, lease?: Lease): Promise<SendOutcome> {
    return isPublic(message) ? this.replies.send(message) : this.messages.send(message, lease);
  }

  settle(message: OutgoingMessage): Promise<SendOutcome> {
    return isPublic(message) ? this.replies.settle(message) : this.messages.settle(message);
  }
}

const isPublic = ({ answersPost }: OutgoingMessage): boolean => (answersPost ?? null) !== null;
