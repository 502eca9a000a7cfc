-- One step of a circuit that the whole fleet shares, and how it is afterwards.
--
-- KEYS  1 circuit (hash)  2 names of all circuits (set)
-- ARGV  1 step  2 name  3 channel  4 lifetime  5 window  6 ratio of failures  7 fewest calls  8 break  9 longest break, then the step's own:
--       record  successes, failures, version they belong to, own probe or '', a probe's lease, 1: it may be made anew
--       claim   probe, lease
--       finish  probe, ok | failed | neither
--       open    length, 0 without an end
--       close
--       adopt   length, 0 without an end; breaks so far, failures, for how long it has been open
--       read
-- Times are milliseconds of this server's clock. Answered: ok | absent | probe (it is yours), now, id, version, state,
-- failures, opened, next probe (0: none, or none without somebody's hand), end of the probe's lease, breaks in a row.
-- The version rises with every change of state, and is later than any version that was lost.
local step, name = ARGV[1], ARGV[2]
local window, longest = tonumber(ARGV[5]), tonumber(ARGV[9])
local buckets = 10
local clock = redis.call('TIME')
local now = tonumber(clock[1]) * 1000 + math.floor(tonumber(clock[2]) / 1000)

local kept = redis.call('HMGET', KEYS[1], 'id', 'version', 'state', 'failures', 'opened', 'next', 'probe', 'until', 'breaks')
local c = {
    id = kept[1], version = tonumber(kept[2]) or 0, state = kept[3] or 'CLOSED', failures = tonumber(kept[4]) or 0, opened = tonumber(kept[5]) or 0,
    next = tonumber(kept[6]) or 0, probe = kept[7] or '', till = tonumber(kept[8]) or 0, breaks = tonumber(kept[9]) or 0,
}

local function numbers(status)
    return { status, now, c.id, c.version, c.state, c.failures, c.opened, c.next, c.till, c.breaks }
end

local function change(state)
    c.state, c.version = state, math.max(c.version + 1, now)
    c.id = c.id or tostring(now) .. name
    redis.call('HSET', KEYS[1], 'id', c.id, 'version', c.version, 'state', state, 'failures', c.failures, 'opened', c.opened,
        'next', c.next, 'probe', c.probe, 'until', c.till, 'breaks', c.breaks)
    redis.call('SADD', KEYS[2], name)
    local told = numbers('told')
    for i = 2, #told do
        told[i] = type(told[i]) == 'number' and string.format('%.0f', told[i]) or told[i]
    end
    redis.call('PUBLISH', ARGV[3], name .. '\n' .. table.concat(told, '\n'))
end

local function open(length, breaks)
    if c.state == 'CLOSED' then
        c.opened = now
    end
    c.next, c.breaks, c.probe, c.till = length > 0 and now + length or 0, breaks, '', 0
    change('OPEN')
end

local function break_after(breaks)
    return math.floor(math.min(longest, tonumber(ARGV[8]) * 2 ^ math.min(breaks, 30)))
end

local function close()
    c.failures, c.opened, c.next, c.breaks, c.probe, c.till = 0, 0, 0, 0, '', 0
    for i = 0, buckets - 1 do
        redis.call('HDEL', KEYS[1], 'k' .. i, 's' .. i, 'f' .. i)
    end
    change('CLOSED')
end

-- Buckets in a ring, each with the number of the time that it is for.
local function count(successes, failures)
    local bucket = math.floor(now * buckets / window)
    local slot = string.format('%.0f', bucket % buckets)
    if tonumber(redis.call('HGET', KEYS[1], 'k' .. slot)) ~= bucket then
        redis.call('HSET', KEYS[1], 'k' .. slot, bucket, 's' .. slot, 0, 'f' .. slot, 0)
    end
    redis.call('HINCRBY', KEYS[1], 's' .. slot, successes)
    redis.call('HINCRBY', KEYS[1], 'f' .. slot, failures)
    local all, failed = 0, 0
    for i = 0, buckets - 1 do
        local entry = redis.call('HMGET', KEYS[1], 'k' .. i, 's' .. i, 'f' .. i)
        if entry[1] and tonumber(entry[1]) > bucket - buckets then
            all, failed = all + tonumber(entry[2]) + tonumber(entry[3]), failed + tonumber(entry[3])
        end
    end
    return all, failed
end

local status = 'ok'
if step == 'open' then
    open(tonumber(ARGV[10]), 0)
elseif step == 'close' then
    close()
elseif step == 'adopt' then
    if c.state == 'CLOSED' then
        c.failures = tonumber(ARGV[12])
        open(tonumber(ARGV[10]), tonumber(ARGV[11]))
        c.opened = now - tonumber(ARGV[13])
        redis.call('HSET', KEYS[1], 'opened', c.opened)
    end
elseif not c.id and not (step == 'record' and ARGV[15] == '1') then
    return { 'absent', now }
elseif step == 'record' then
    if not c.id then
        change('CLOSED')
    end
    if c.state == 'CLOSED' then
        -- A process that has heard of no version yet has no old one either.
        local counts = ARGV[12] == '0' or tonumber(ARGV[12]) == c.version
        local all, failed = count(counts and tonumber(ARGV[10]) or 0, counts and tonumber(ARGV[11]) or 0)
        c.failures = failed
        if all >= tonumber(ARGV[7]) and failed >= all * tonumber(ARGV[6]) and failed > 0 then
            open(break_after(0), 1)
        else
            redis.call('HSET', KEYS[1], 'failures', failed)
        end
    elseif c.state == 'HALF_OPEN' and c.probe == ARGV[13] then
        c.till = now + tonumber(ARGV[14])
        redis.call('HSET', KEYS[1], 'until', c.till)
    end
    if c.state ~= 'CLOSED' and c.next == 0 then
        redis.call('PERSIST', KEYS[1])
    else
        redis.call('PEXPIRE', KEYS[1], ARGV[4])
    end
elseif step == 'claim' then
    if (c.state == 'OPEN' and c.next > 0 and c.next <= now) or (c.state == 'HALF_OPEN' and c.till <= now) then
        c.probe, c.till = ARGV[10], now + tonumber(ARGV[11])
        change('HALF_OPEN')
        status = 'probe'
    end
elseif step == 'finish' and c.state == 'HALF_OPEN' and c.probe == ARGV[10] then
    if ARGV[11] == 'ok' then
        close()
    elseif ARGV[11] == 'failed' then
        open(break_after(c.breaks), c.breaks + 1)
    else
        open(1, c.breaks)
    end
end
return numbers(status)
