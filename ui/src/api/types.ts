/** The records of /v1 by name, as the OpenAPI document has them. */
import type { components } from './schema'

type Schemas = components['schemas']

/** A record as it is read: a link may be a whole record where it was expanded. */
export type Read<K extends keyof Schemas> = Schemas[K]

export type Account = Read<'Account'>
export type Group = Read<'Group'>
export type GroupMembership = Read<'GroupMembership'>
export type Directory = Read<'Directory'>
export type Application = Read<'Application'>
export type Organization = Read<'Organization'>
export type ApiKey = Read<'ApiKey'>
export type Client = Read<'Client'>
export type Session = Read<'Session'>
export type Link = Read<'Link'>

/** A page of a list. */
export interface Page<T> {
  href?: string
  offset: number
  limit: number
  size: number
  items: T[]
}

/** The text member of a link that was expanded, '' where it was not. */
export function expanded<T>(link: unknown, name: keyof T & string): string {
  const value = (link as Record<string, unknown> | null)?.[name]
  return typeof value === 'string' ? value : ''
}
