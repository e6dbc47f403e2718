// Made from web/ by make web; sources 5dffa6f0526925c4bc3a93a3f99764cd9d8ac6cdf5794bb9c7abeda650a0c1d1
var o="sco:draw-below",n=".sco-grid";function s(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{s as default};
