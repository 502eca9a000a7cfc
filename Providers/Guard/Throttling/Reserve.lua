-- Books one call at the earliest time at which it fits, if that is within the caller's longest wait.
--
-- KEYS  1 log (hash)  2 slots (sorted set: lease -> when it ends)
-- ARGV  1 log's id    2 deadline  3 span  4 slice  5 requests  6 tokens  7 slots (a limit of 0 is none)
--       8 the call's tokens  9 longest wait  10 shortest wait  11 lease  12 lease's length  13 1: last try  14 pace of slots  15 furthest promise
-- Times are milliseconds of this server's clock. What is answered: status, now, wait or time to come back in, slice;
-- when it is booked also the requests and tokens that the log has then.
--
-- The log has the requests (r<slice>) and tokens (t<slice>) of each slice of time from <head> to <top>, and their sums. A
-- slice leaves the window <span> after its END, so what is booked counts up to a slice longer than it must, never shorter.
-- Bookings are made in the order of time: none lies before <last>. So no window but the one that ends with a booking can
-- be filled by it, and finding the time is taking slices from the head until there is room.
local log, slots = KEYS[1], KEYS[2]
local deadline, span, slice = tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local maxRequests, maxTokens, maxSlots = tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[7])
local tokens, longest, shortest = tonumber(ARGV[8]), tonumber(ARGV[9]), tonumber(ARGV[10])
local clock = redis.call('TIME')
local now = tonumber(clock[1]) * 1000 + math.floor(tonumber(clock[2]) / 1000)

local state = redis.call('HMGET', log, 'id', 'head', 'top', 'last', 'r', 't')
if state[1] ~= ARGV[1] then
    return { 'changed', now, 0, 0 }
end
if deadline > 0 and now > deadline then
    return { 'late', now, 0, 0 }
end
if tonumber(state[4]) - now > 2 * span then
    -- The clock was set back. The log's times mean nothing any more: a new one is made of what the processes tell.
    redis.call('DEL', log)
    return { 'changed', now, 0, 0 }
end

-- Refused callers are told times that lie as far apart as the limit lets calls follow each other, a little closer so that
-- they keep it used; past the furthest promise the row begins anew.
local function promise(field, earliest, pace)
    local promised = math.max(tonumber(redis.call('HGET', log, field) or '0') or 0, earliest)
    if promised > now + tonumber(ARGV[15]) then
        promised = earliest
    end
    redis.call('HSET', log, field, string.format('%.3f', promised + 0.9 * pace))
    return math.ceil(promised - now)
end

if maxSlots > 0 then
    redis.call('ZREMRANGEBYSCORE', slots, '-inf', now)
    if redis.call('ZCARD', slots) >= maxSlots then
        return { 'slots', now, ARGV[13] == '1' and promise('promisedSlot', now + longest, tonumber(ARGV[14])) or 0, 0 }
    end
end

local head, top, last = tonumber(state[2]), tonumber(state[3]), tonumber(state[4])
local requests, used = tonumber(state[5]), tonumber(state[6])
local function read(from, to)
    local fields = {}
    for k = from, to do
        fields[#fields + 1] = 'r' .. k
        fields[#fields + 1] = 't' .. k
    end
    return redis.call('HMGET', log, unpack(fields)), fields
end

local gone = math.min(math.floor((now - span) / slice) - 1, top)
if head <= gone then
    local counts, fields = read(head, gone)
    for i = 1, #fields, 2 do
        requests = requests - (tonumber(counts[i]) or 0)
        used = used - (tonumber(counts[i + 1]) or 0)
    end
    redis.call('HDEL', log, unpack(fields))
    head = gone + 1
    redis.call('HSET', log, 'head', head, 'r', requests, 't', used)
end

local at, first, limit, counts = math.max(now + shortest, last), head, maxRequests > 0 and 'requests' or 'tokens', nil
local r, t, k = requests, used, head
while (maxRequests > 0 and r + 1 > maxRequests) or (maxTokens > 0 and t + tokens > maxTokens) do
    limit = (maxRequests > 0 and r + 1 > maxRequests) and 'requests' or 'tokens'
    if k > top then
        break
    end
    if not counts or k > first + 31 then
        first = k
        counts = read(k, math.min(k + 31, top))
    end
    r = r - (tonumber(counts[2 * (k - first) + 1]) or 0)
    t = t - (tonumber(counts[2 * (k - first) + 2]) or 0)
    k = k + 1
    at = math.max(at, k * slice + span)
end

if at - now > longest then
    local pace = maxRequests > 0 and span / maxRequests or 0
    if maxTokens > 0 then
        pace = math.max(pace, tokens * span / maxTokens)
    end
    return { limit, now, promise('promised', at, pace), 0 }
end

local booked = math.floor(at / slice)
redis.call('HSET', log, 'last', at, 'top', math.max(top, booked), 'head', math.min(head, booked), 'r', requests + 1, 't', used + tokens)
redis.call('HINCRBY', log, 'r' .. booked, 1)
redis.call('HINCRBY', log, 't' .. booked, tokens)
if maxSlots > 0 then
    redis.call('ZADD', slots, now + tonumber(ARGV[12]), ARGV[11])
end
return { 'booked', now, at - now, booked, requests + 1, used + tokens }
