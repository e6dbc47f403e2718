// Made from web/ by make web; sources ad6f7fc0101b3f489cc2230366a43802f743302136d839abdceb8fbaae80c7d4
var o="sco:draw-below",n=".sco-grid";function s(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{s as default};
