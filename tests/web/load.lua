-- Sends the requests of the file $URLS in random order, and prints what load asks for.
local urls = {}
local threads = 0
function setup(thread)
    threads = threads + 1
    thread:set("seed", threads)
end

function init()
    -- Only by now has wrk its Host header, without which a request is refused.
    for line in io.lines(os.getenv("URLS")) do
        urls[#urls + 1] = wrk.format("GET", line)
    end
    math.randomseed(seed * 7919)
end

function request()
    return urls[math.random(#urls)]
end

function done(summary, latency)
    local errors = summary.errors
    local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
    io.write(string.format(
        "%.0f requests/s; p50 %.1f ms, p99 %.1f ms, longest %.1f ms; %d errors (%d of them by status)\n",
        summary.requests / (summary.duration / 1e6), latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
        latency.max / 1e3, failed, errors.status
    ))
end
