import { type CanActivate, type ExecutionContext, Inject, Injectable, UnauthorizedException } from '@nestjs/common';
import type { Request } from 'express';
import { VALUES, type Values } from './config.js';

/** Lets in who bears the token. */
@Injectable()
export class TokenGuard implements CanActivate {
  constructor(@Inject(VALUES) private readonly values: Values) {}

  canActivate(context: ExecutionContext): boolean {
    const { authorization } = context.switchToHttp().getRequest<Request>().headers;
    if (authorization === `Bearer ${this.values.TODO_TOKEN}`) return true;
    throw new UnauthorizedException('Send Authorization: Bearer and the token.');
  }
}
