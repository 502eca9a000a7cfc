-- Brings a process and the log together: what the process did that the log doesn't have, and what calls it has running.
--
-- KEYS  1 log (hash)  2 slots (sorted set: lease -> when it ends)
-- ARGV  1 log's id as the process knows it  2 id for a log that has to be made  3 span  4 slice  5 length of a lease  6 lifetime
--       7 first slice to answer with, 0 for none   8 count, then slice, requests and tokens of each change
--       then count and leases to keep, then count and leases to end
-- Answered: now, the log's id, its age, 1 if the changes were made, a slice, and the requests and tokens of each from there on.
-- A log that is made here may lack what others did: they tell it once they see its id.
local log, slots = KEYS[1], KEYS[2]
local span, slice, lease, lifetime = tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5]), ARGV[6]
local clock = redis.call('TIME')
local now = tonumber(clock[1]) * 1000 + math.floor(tonumber(clock[2]) / 1000)

local state = redis.call('HMGET', log, 'id', 'born', 'head', 'top', 'r', 't')
local id, born, head, top = state[1], tonumber(state[2]), tonumber(state[3]), tonumber(state[4])
local requests, used = tonumber(state[5]), tonumber(state[6])
if not id then
    id, born, top, requests, used = ARGV[2], now, math.floor(now / slice), 0, 0
    head = top
    redis.call('HSET', log, 'id', id, 'born', born, 'head', head, 'top', top, 'last', 0, 'r', 0, 't', 0)
end

local at, changes = 9, tonumber(ARGV[8])
local applied = id == ARGV[1] and 1 or 0
if applied == 1 and changes > 0 then
    local gone = math.floor((now - span) / slice) - 1
    for _ = 1, changes do
        local k, r, t = tonumber(ARGV[at]), tonumber(ARGV[at + 1]), tonumber(ARGV[at + 2])
        -- A slice that Reserve.lua has let go of is in no sum any more; one that it has yet to let go of still is.
        if k > gone or k >= head then
            redis.call('HINCRBY', log, 'r' .. k, r)
            redis.call('HINCRBY', log, 't' .. k, t)
            requests, used, head, top = requests + r, used + t, math.min(head, k), math.max(top, k)
        end
        at = at + 3
    end
    redis.call('HSET', log, 'head', head, 'top', top, 'r', requests, 't', used)
else
    at = at + 3 * changes
end

for i = at + 1, at + tonumber(ARGV[at]) do
    redis.call('ZADD', slots, now + lease, ARGV[i])
end
at = at + 1 + tonumber(ARGV[at])
for i = at + 1, at + tonumber(ARGV[at]) do
    redis.call('ZREM', slots, ARGV[i])
end

redis.call('PEXPIRE', log, lifetime)
redis.call('PEXPIRE', slots, lifetime)
local from, fields = math.max(tonumber(ARGV[7]), head), {}
if ARGV[7] ~= '0' then
    for k = from, top do
        fields[#fields + 1] = 'r' .. k
        fields[#fields + 1] = 't' .. k
    end
end
return { now, id, now - born, applied, from, #fields > 0 and redis.call('HMGET', log, unpack(fields)) or {} }
