"""The review by peers: drafts of new versions, differences in words, who sees which remark."""
