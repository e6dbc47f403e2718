// Made from web/ by make web; sources 8f065d17253ddcd0c6e73dc43776e469cc19fb2ea3f7615d9d7299ee7c123f8c
var o="sco:draw-below",n=".sco-grid";function s(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{s as default};
